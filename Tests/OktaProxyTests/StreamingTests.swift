#if Proxy
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: streaming", .hangLimit) struct StreamingTests {
    @Test("Streaming: long bodies pass in both directions, with any framing")
    func long() async throws {
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 16) }
        try await LoopbackServer.run { request in
            if request.target == "/chunked" {
                var response = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                var rest = request.body[...]
                while !rest.isEmpty {
                    let piece = Array(rest.prefix(70_001))
                    rest = rest.dropFirst(piece.count)
                    response = response.sending("\(String(piece.count, radix: 16))\r\n").sending(piece).sending("\r\n")
                }
                return response.sending("0\r\n\r\n")
            }
            return .response(body: request.body)
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for (target, isChunked) in [("/length", false), ("/chunked", true), ("/length", true)] {
                    var client = try RawClient(port: proxy.port)
                    let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)"
                    let connection = client.connection
                    async let sent: Void = {
                        try await connection.send(RawClient.request("POST", target, [framing]))
                        guard isChunked else { return try await connection.send(body) }
                        var rest = body[...]
                        while !rest.isEmpty {
                            let piece = Array(rest.prefix(99_999))
                            rest = rest.dropFirst(piece.count)
                            try await connection.send(
                                Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10])
                        }
                        try await connection.send("0\r\n\r\n")
                    }()
                    let response = try await client.response()
                    try await sent
                    #expect(response.isComplete && response.body == body)
                }
            }
        }
    }

    @Test("Streaming: bodies are forwarded as they arrive, in both directions")
    func eager() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf").waiting(for: gate).sending(
                "full")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let connection = try RawConnection(port: proxy.port)
                try await connection.send(RawClient.request("GET", "/x", ["Connection: close"]))
                var seen: [UInt8] = []
                while !String(decoding: seen, as: UTF8.self).hasSuffix("half") {
                    seen += try await connection.receive()
                }
                gate.open()
                #expect(String(decoding: try await connection.receiveAll(), as: UTF8.self) == "full")
            }
        }
    }

    @Test("Streaming: a client that does not read slows down the org's response, and no other client")
    func backpressure() async throws {
        let piece = [UInt8](repeating: 7, count: 1 << 20)
        let done = LoopbackGate()
        try await LoopbackServer.run { request in
            guard request.target == "/long" else { return .json("{}") }
            var response = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: \(64 << 20)\r\n\r\n")
            for _ in 0..<64 { response = response.sending(piece) }
            return response.running { done.open() }
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let slow = try RawConnection(port: proxy.port)
                try await slow.send(RawClient.request("GET", "/long", ["Connection: close"]))
                _ = try await slow.receive(atMost: 1000)
                for _ in 0..<20 { #expect(try await proxy.get("/x").text == "{}") }
                // The proxy does not buffer 64 MB: the org still waits for its reader.
                #expect(!done.isOpen)
                var count = 0
                while case let more = try await slow.receive(), !more.isEmpty { count += more.count }
                #expect(count > 63 << 20)
                #expect(await eventually { done.isOpen })
            }
        }
    }

    @Test("Streaming: a client that disconnects ends the call to the org")
    func cancelled() async throws {
        let closed = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf").waitingForClose(
                opening: closed)
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let connection = try RawConnection(port: proxy.port)
                try await connection.send(RawClient.request("GET", "/x"))
                _ = try await connection.receive()
                connection.shutDown()
                await closed.wait()
                #expect(await eventually { proxy.ledger.snapshot.totals.cancelled == 1 })
            }
        }
    }

    @Test("Streaming: an error with a long body passes byte by byte, with any framing", arguments: [500, 404])
    func longErrors(status: Int) async throws {
        let body = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 16) }
        try await LoopbackServer.run { request in
            let head = "HTTP/1.1 \(status) Odd\r\n"
            guard request.target == "/chunked" else {
                return LoopbackResponse().sending("\(head)Content-Length: \(body.count)\r\n\r\n").sending(body)
            }
            var response = LoopbackResponse().sending("\(head)Transfer-Encoding: chunked\r\n\r\n")
            var rest = body[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(70_001))
                rest = rest.dropFirst(piece.count)
                response = response.sending("\(String(piece.count, radix: 16))\r\n").sending(piece).sending("\r\n")
            }
            return response.sending("0\r\n\r\n")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for target in ["/length", "/chunked"] {
                    for method in ["GET", "POST"] {
                        let response = try await RawClient.exchange(
                            proxy.port, RawClient.request(method, target, body: method == "POST" ? "x" : nil))
                        #expect(response.status == status && response.isComplete && response.body == body)
                    }
                }
            }
        }
    }

    @Test("Streaming: only a buffered body can be sent again")
    func repetition() async throws {
        let numbers = OriginBox()
        try await LoopbackServer.run { request in
            numbers.value += "\(request.body.count) "
            return request.header("X-Okta-Retry-Count") == nil
                ? .json(#"{"errorCode":"E0000010"}"#, status: 503) : .json("{}")
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.retry = RetryPolicy(initialBackoff: .milliseconds(1), maximumBackoff: .milliseconds(1))
            } during: { proxy in
                let held = try await RawClient.exchange(proxy.port, RawClient.request("POST", "/x", body: "small"))
                #expect(held.status == 200)
                let body = String(repeating: "x", count: 300_000)
                let streamed = try await RawClient.exchange(proxy.port, RawClient.request("POST", "/x", body: body))
                #expect(streamed.status == 503)
                let proof = try await RawClient.exchange(
                    proxy.port, RawClient.request("POST", "/x", ["DPoP: p"], body: "proof"))
                #expect(proof.status == 503)
                #expect(numbers.value == "5 5 300000 5 ")
            }
        }
    }

    @Test("Streaming: a client that waits for 100-continue gets it before its body")
    func expectContinue() async throws {
        try await LoopbackServer.run { request in
            .response(body: request.body)
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                var client = try RawClient(port: proxy.port)
                try await client.connection.send(
                    RawClient.request("POST", "/x", ["Expect: 100-continue", "Content-Length: 4"]))
                #expect(try await client.response().status == 100)
                try await client.connection.send("body")
                #expect(try await client.response().text == "body")
                #expect(org.requests.first?.header("Expect") == nil)
            }
        }
    }
}
#endif
