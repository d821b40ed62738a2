#if Proxy
import LoopbackServer
import Testing

@testable import OktaProxy

@Suite("Proxy: connections", .hangLimit) struct ServerTests {
    @Test("Connections: pipelined requests get their responses in order")
    func pipelining() async throws {
        try await LoopbackServer.run { request in
            .response(body: Array(request.target.utf8))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                var client = try RawClient(port: proxy.port)
                let all = (0..<200).map { number in
                    number % 3 == 0
                        ? RawClient.request("POST", "/\(number)", body: "text \(number)")
                        : RawClient.request("GET", "/\(number)")
                }
                let connection = client.connection
                async let sent: Void = connection.send(all.joined())
                for number in 0..<200 { #expect(try await client.response().text == "/\(number)") }
                try await sent
            }
        }
    }

    @Test("Connections: a rejected request with an unread body ends the connection after its response")
    func refusedBody() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let connection = try RawConnection(port: proxy.port)
                try await connection.send("POST /x HTTP/1.1\r\nHost: evil.com\r\nContent-Length: 10\r\n\r\n12345")
                let text = String(decoding: try await connection.receiveAll(), as: UTF8.self)
                #expect(text.contains("421") && text.contains("Connection: close"))
                #expect(org.requests.isEmpty)
            }
        }
    }

    @Test("Connections: an HTTP/1.0 client gets HTTP/1.0 responses")
    func http10() async throws {
        try await LoopbackServer.run { request in
            request.target == "/chunked"
                ? LoopbackResponse().sending(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
                : .response(body: Array("ok".utf8))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for target in ["/length", "/chunked"] {
                    let connection = try RawConnection(port: proxy.port)
                    try await connection.send("GET \(target) HTTP/1.0\r\nHost: localhost\r\n\r\n")
                    let text = String(decoding: try await connection.receiveAll(), as: UTF8.self)
                    #expect(text.hasSuffix("\r\n\r\nok") && !text.lowercased().contains("chunked"))
                    #expect(text.contains("Connection: close"))
                }
                var client = try RawClient(port: proxy.port)
                for _ in 0..<2 {
                    let kept = try await client.exchange(
                        "GET /x HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
                    #expect(kept.text == "ok" && kept.values("connection") == ["keep-alive"])
                }
            }
        }
    }

    @Test("Connections: a missing head, a missing body and an unread response time out")
    func times() async throws {
        let long = [UInt8](repeating: 1, count: 32 << 20)
        let short = Duration.milliseconds(40)
        try await LoopbackServer.run { request in
            .response(body: request.target == "/long" ? long : [])
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.limits.headTime = short
            } during: { proxy in
                let head = try RawConnection(port: proxy.port)
                // The proxy may already have closed the connection.
                try? await head.send("GET /x HT")
                #expect(try await head.receiveAll().isEmpty)
            }
            try await TestProxy.run(before: org.origin) {
                $0.limits.bodyTime = short
            } during: { proxy in
                let body = try RawConnection(port: proxy.port)
                try await body.send(RawClient.request("POST", "/x", ["Content-Length: 5"]) + "12")
                let text = String(decoding: try await body.receiveAll(), as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 408") && text.contains("PROXY_REQUEST_TIMEOUT"))
            }
            try await TestProxy.run(before: org.origin) {
                $0.limits.writeTime = short
            } during: { proxy in
                let reader = try RawConnection(port: proxy.port)
                try await reader.send(RawClient.request("GET", "/long"))
                #expect(await eventually { proxy.ledger.snapshot.totals.cancelled == 1 })
                #expect(try await reader.receiveAll().count < long.count)
            }
        }
    }

    @Test("Connections: a stop completes the calls in flight, and accepts no further ones")
    func drain() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate).followed(by: .response(body: Array("done".utf8)))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let idle = try RawConnection(port: proxy.port)
                async let pending = proxy.get("/x")
                #expect(await eventually { org.requests.count == 1 })
                async let isDone = proxy.server.drain(within: .seconds(3600))
                // Idle connections end immediately.
                #expect(try await idle.receiveAll().isEmpty)
                gate.open()
                let response = try await pending
                #expect(response.text == "done" && response.values("connection") == ["close"])
                #expect(await isDone)
                // The server of another test may take the port for a while.
                #expect(await eventually { (try? RawConnection(port: proxy.port)) == nil })
            }
        }
    }

    @Test("Connections: calls in flight are cut off after the time to stop")
    func hardStop() async throws {
        let closed = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waitingForClose(opening: closed)
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let connection = try RawConnection(port: proxy.port)
                try await connection.send(RawClient.request("GET", "/x"))
                #expect(await eventually { org.requests.count == 1 })
                #expect(await !proxy.server.drain(within: .milliseconds(1)))
                await closed.wait()
                #expect(try await connection.receiveAll().isEmpty)
            }
        }
    }

    @Test("Connections: ports, header fields, programs and secrets name clients")
    func names() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.ports = [ProxyServer.Port(0), ProxyServer.Port(0, clientName: "terraform")]
            } during: { proxy in
                let named = try #require(proxy.server.ports.last)
                _ = try await RawClient.get(named, "/x", fields: ["User-Agent: Go-http-client/1.1"])
                _ = try await RawClient.get(named, "/x", fields: ["X-Okta-Proxy-Client: plan"])
                _ = try await proxy.get("/x", ["User-Agent: okta-sdk-python/3.4.6 python/3.12"])
                _ = try await proxy.get("/x")
                let clients = proxy.ledger.snapshot.buckets["GET /x"]?.clients.keys.sorted()
                #expect(clients == ["okta-sdk-python", "plan", "terraform", "unnamed"])
            }
        }
    }
}
#endif
