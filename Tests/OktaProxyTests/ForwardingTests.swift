#if Proxy
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: forwarding", .hangLimit) struct ForwardingTests {
    @Test("Proxy: path, query, header fields in order and a body are forwarded unchanged")
    func request() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let target = "/api/v1/users/a%2Fb?q=%7e%7E&&x=1&x=&search=a+b;c"
                _ = try await RawClient.exchange(
                    proxy.port,
                    RawClient.request(
                        "POST", target,
                        [
                            "X-Two: 1", "user-agent: a/1", "X-TWO: 2", "Authorization: SSWS own",
                            "Accept-Encoding: gzip;q=0.1", "X-Empty:", "DPoP: a.b.c", "Content-Type: text/x; a=\"b\"",
                            "Accept: */*", "X-Name: Grüße",
                        ], body: "{\"a\" : 1}\r\n"))
                let seen = try #require(org.requests.first)
                #expect(seen.method == "POST" && seen.target == target && seen.text == "{\"a\" : 1}\r\n")
                #expect(seen.header("host") == String(org.origin.dropFirst("http://".count)))
                let own = seen.headers.filter { !["Host", "Content-Length"].contains($0.name) }.map {
                    "\($0.name): \($0.value)"
                }
                #expect(
                    own == [
                        "X-Two: 1", "user-agent: a/1", "X-TWO: 2", "Authorization: SSWS own",
                        "Accept-Encoding: gzip;q=0.1", "X-Empty: ", "DPoP: a.b.c", "Content-Type: text/x; a=\"b\"",
                        "Accept: */*", "X-Name: Grüße", "Via: 1.1 okta-proxy",
                    ])
            }
        }
    }

    @Test("Proxy: status, reason, header fields and the bytes of a body are returned unchanged")
    func response() async throws {
        let body: [UInt8] = [0x1F, 0x8B, 0, 255, 13, 10, 0]
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending(
                Array(
                    ("HTTP/1.1 299 Odd Reason\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Encoding: gzip\r\nSet-Cookie: a=1\r\n"
                        + "Set-Cookie: b=2\r\nContent-Length: 7\r\nX-Latin: ").utf8) + [0xE9] + Array("\r\n\r\n".utf8)
                    + body)
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let response = try await proxy.get("/x", ["Accept-Encoding: gzip"])
                #expect(response.body == body && response.isComplete)
                let fields = response.lines.dropFirst()
                #expect(response.lines.first == "HTTP/1.1 299 Odd Reason")
                #expect(
                    fields.dropLast().elementsEqual([
                        "X-B: 1", "x-a: 2", "X-B: 3", "Content-Encoding: gzip", "Set-Cookie: a=1", "Set-Cookie: b=2",
                        "Content-Length: 7",
                    ]))
                let end = Array("X-Latin: ".utf8) + [0xE9, 13, 10, 13, 10]
                #expect(response.head.suffix(end.count).elementsEqual(end))
            }
        }
    }

    @Test("Proxy: hop-by-hop fields are not forwarded, in both directions")
    func hopByHop() async throws {
        try await LoopbackServer.run { _ in
            .json(
                "{}",
                headers: [
                    ("Connection", "X-Private, keep-alive"), ("X-Private", "1"), ("Keep-Alive", "timeout=5"),
                    ("Proxy-Authenticate", "Basic"), ("X-Public", "1"),
                ])
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let response = try await proxy.get(
                    "/x",
                    [
                        "Connection: keep-alive, X-Mine, Authorization", "X-Mine: 1", "TE: trailers", "Trailer: X-T",
                        "Proxy-Authorization: Basic YTpi", "Upgrade: h2c", "Authorization: SSWS own",
                        "X-Okta-Proxy-Client: me", "X-Okta-Proxy-Priority: bulk",
                    ])
                for name in ["x-private", "keep-alive", "proxy-authenticate", "connection", "transfer-encoding"] {
                    #expect(response.values(name).isEmpty, "\(name)")
                }
                #expect(response.values("x-public") == ["1"])
                let seen = try #require(org.requests.first)
                for name in [
                    "X-Mine", "TE", "Trailer", "Proxy-Authorization", "Upgrade", "Connection", "X-Okta-Proxy-Client",
                    "X-Okta-Proxy-Priority",
                ] { #expect(seen.header(name) == nil, "\(name)") }
                // This field is not a connection option. Without it, the call would have another meaning.
                #expect(seen.header("Authorization") == "SSWS own")
            }
        }
    }

    @Test(
        "Proxy: bodies of every kind arrive",
        arguments: ["PUT", "POST", "PATCH", "DELETE", "OPTIONS"])
    func bodies(method: String) async throws {
        try await LoopbackServer.run { request in
            .response(body: request.body)
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                var client = try RawClient(port: proxy.port)
                let echo = try await client.exchange(RawClient.request(method, "/x", body: "some text"))
                #expect(echo.text == "some text")
                let chunked = try await client.exchange(
                    RawClient.request(method, "/x", ["Transfer-Encoding: chunked"])
                        + "4\r\nsome\r\n5\r\n text\r\n0\r\n\r\n")
                #expect(chunked.text == "some text")
                let none = try await client.exchange(RawClient.request(method, "/x"))
                #expect(none.status == 200 && none.text.isEmpty)
                #expect(org.requests.map(\.method) == [method, method, method])
            }
        }
    }

    @Test("Proxy: a HEAD, a 204 and a 304 have no body, and the connection stays open")
    func bodyless() async throws {
        try await LoopbackServer.run { request in
            switch request.path {
            case "/head": .response(headers: [("X-A", "1")], body: request.method == "HEAD" ? [] : [1])
            case "/204": .empty(204)
            case "/304": .empty(304, headers: [("ETag", "\"a\"")])
            default: .json("{}")
            }
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                var client = try RawClient(port: proxy.port)
                #expect(try await client.exchange(RawClient.request("HEAD", "/head")).values("x-a") == ["1"])
                #expect(try await client.exchange(RawClient.request("GET", "/204")).status == 204)
                let unchanged = try await client.exchange(
                    RawClient.request("GET", "/304", ["If-None-Match: \"a\""]))
                #expect(unchanged.status == 304 && unchanged.values("etag") == ["\"a\""])
                #expect(org.requests.last?.header("If-None-Match") == "\"a\"")
                #expect(try await client.exchange(RawClient.request("GET", "/x")).text == "{}")
            }
        }
    }

    @Test("Proxy: errors of the org are returned unchanged")
    func errors() async throws {
        let text = #"{"errorCode":"E0000007","errorSummary":"Not found","errorCauses":[]}"#
        try await LoopbackServer.run { _ in
            .json(text, status: 404, headers: [("X-Okta-Request-Id", "r1"), ("X-Okta-Proxy-Error", "ORG_RESPONSE")])
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let response = try await proxy.get("/api/v1/users/none")
                #expect(response.status == 404 && response.text == text && response.proxyError == nil)
                #expect(response.values("x-okta-request-id") == ["r1"])
            }
        }
    }

    @Test("Proxy: an unreachable org, or an invalid response, is an error in Okta's form")
    func broken() async throws {
        try await TestProxy.run(before: "http://127.0.0.1:1") { proxy in
            let response = try await proxy.get("/x")
            #expect(response.status == 502 && response.proxyError == "ORG_UNREACHABLE")
            let json = try JSON(parsing: response.body)
            #expect(json["errorCode"]?.string == "PROXY_ORG_UNREACHABLE" && json["errorCauses"]?.count == 0)
        }
        try await LoopbackServer.run { _ in
            .raw("nonsense\r\n\r\n")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let response = try await proxy.get("/x")
                #expect(response.status == 502 && response.proxyError == "ORG_RESPONSE")
            }
        }
        try await LoopbackServer.run { _ in
            .raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let response = try await proxy.get("/x")
                #expect(response.status == 502)
            }
        }
    }

    @Test("Proxy: a response that is cut off ends the client's connection")
    func cutResponse() async throws {
        for response in [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        ] {
            try await LoopbackServer.run { _ in
                .raw(response)
            } during: { org in
                try await TestProxy.run(before: org.origin) { proxy in
                    let response = try? await proxy.get("/x")
                    #expect(response.map { !$0.isComplete || $0.status == 502 } ?? true)
                }
            }
        }
    }
}
#endif
