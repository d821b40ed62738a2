import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite("CurlTransport: what is sent and what comes back")
struct CurlTransportTests {
    @Test("Transport: GET returns status, headers and body") func getBringsStatusHeadersAndBody() async throws {
        let response = try await exchange(.get) { _ in
            .json(#"{"a":1}"#, status: 201, headers: [("X-Odd", "1")])
        }
        #expect(response.head.status.code == 201)
        #expect(response.head.status.reasonPhrase == "Created")
        #expect(response.body == Array(#"{"a":1}"#.utf8))
        #expect(response.head.headerFields[try #require(HTTPField.Name("x-odd"))] == "1")
    }

    @Test(
        "Transport: a change without a body sends Content-Length: 0",
        arguments: [HTTPRequest.Method.post, .put, .patch])
    func bodylessChangeSaysContentLengthZero(method: HTTPRequest.Method) async throws {
        try await LoopbackServer.run { _ in
            .empty(204)
        } during: { server in
            let transport = try CurlTransport()
            let response = try await transport.send(server.request(method))
            #expect(response.head.status == .noContent)
            let request = try #require(server.requests.first)
            #expect(request.method == method.rawValue)
            #expect(request.header("Content-Length") == "0")
            #expect(request.header("Content-Type") == nil)
            #expect(request.header("Expect") == nil)
        }
    }

    @Test("Transport: a read without a body sends no length", arguments: [HTTPRequest.Method.get, .delete])
    func requestWithoutBodySaysNoLength(method: HTTPRequest.Method) async throws {
        try await LoopbackServer.run { _ in
            .empty(204)
        } during: { server in
            _ = try await CurlTransport().send(server.request(method))
            #expect(server.requests.first?.method == method.rawValue)
            #expect(server.requests.first?.header("Content-Length") == nil)
        }
    }

    @Test("Transport: a body arrives byte for byte", arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func bodyArrivesByteForByte(method: HTTPRequest.Method) async throws {
        let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try await LoopbackServer.run { request in
            .response(body: request.body)
        } during: { server in
            let response = try await CurlTransport().send(server.request(method, body: body))
            #expect(server.requests.first?.method == method.rawValue)
            #expect(response.body == body)
        }
    }

    @Test("Transport: HEAD has no body") func headHasNoBody() async throws {
        let response = try await exchange(.head) { _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n") }
        #expect(response.head.status == .ok)
        #expect(response.body.isEmpty)
    }

    @Test("Transport: gzip is requested and decoded") func gzipIsDecodedAndAskedFor() async throws {
        // "hello hello hello\n", gzip -n
        let compressed: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40,
            0x90, 0x5c, 0x00, 0x3b, 0x7c, 0x8a, 0xdf, 0x12, 0x00, 0x00, 0x00,
        ]
        try await LoopbackServer.run { _ in
            .response(headers: [("Content-Encoding", "gzip")], body: compressed)
        } during: { server in
            let response = try await CurlTransport().send(server.request(.get))
            #expect(String(decoding: response.body, as: UTF8.self) == "hello hello hello\n")
            #expect(server.requests.first?.header("Accept-Encoding")?.contains("gzip") == true)
        }
    }

    /// A libcurl without brotli does not accept it and does not receive it.
    @Test("Transport: Brotli is decoded where it is requested") func brotliIsDecodedWhereItIsAskedFor() async throws {
        // "hello " a thousand times
        let compressed: [UInt8] = [
            27, 111, 23, 248, 141, 148, 110, 222, 68, 85, 134, 150, 108, 32, 111, 113, 91, 28, 128, 228, 1, 32, 14,
        ]
        let text = String(repeating: "hello ", count: 1000)
        let response = try await exchange(.get) { request in
            let accepted = (request.header("Accept-Encoding") ?? "").split { $0 == "," || $0 == " " }
            guard accepted.contains("br") else { return .response(body: Array(text.utf8)) }
            return .response(headers: [("Content-Encoding", "br")], body: compressed)
        }
        #expect(String(decoding: response.body, as: UTF8.self) == text)
    }

    @Test("Transport: duplicate headers are kept in order") func duplicateHeadersAreKeptInOrder() async throws {
        let response = try await exchange(.get) { _ in
            .empty(headers: [("Link", "<a>"), ("X", "1"), ("link", "<b>"), ("LINK", "<c>")])
        }
        let link = try #require(HTTPField.Name("Link"))
        #expect(response.head.headerFields[values: link] == ["<a>", "<b>", "<c>"])
    }

    @Test("Transport: a folded header is joined") func foldedHeaderIsJoined() async throws {
        let response = try await exchange(.get) { _ in
            .raw("HTTP/1.1 200 OK\r\nX-Long: one\r\n  two\r\n\tthree\r\nContent-Length: 0\r\n\r\n")
        }
        #expect(response.head.headerFields[try #require(HTTPField.Name("X-Long"))] == "one two three")
    }

    @Test("Transport: an interim response is dropped") func interimResponseIsForgotten() async throws {
        let response = try await exchange(.get) { _ in
            LoopbackResponse().sending("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
                .sending("HTTP/1.1 200 OK\r\nX-Late: 1\r\nContent-Length: 2\r\n\r\nok")
        }
        #expect(response.head.status == .ok)
        #expect(response.head.headerFields.map(\.name.canonicalName) == ["x-late", "content-length"])
        #expect(response.body == Array("ok".utf8))
    }

    @Test("Transport: a chunked body is joined, and trailers are dropped")
    func chunkedBodyIsJoinedAndTrailersAreDropped() async throws {
        let response = try await exchange(.get) { _ in
            .raw(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\nX-Trailer: 1\r\n\r\n")
        }
        #expect(response.body == Array("abcde".utf8))
        #expect(response.head.headerFields.map(\.name.canonicalName) == ["transfer-encoding"])
    }

    @Test("Transport: the path is sent as encoded") func pathIsSentAsEncoded() async throws {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            _ = try await CurlTransport().send(server.request(.get, path: "/a%2Fb/%2E%2E/c?x=%20&y=a+b"))
            #expect(server.requests.first?.target == "/a%2Fb/%2E%2E/c?x=%20&y=a+b")
        }
    }

    @Test("Transport: a redirect is returned, not followed") func redirectIsAResponse() async throws {
        try await LoopbackServer.run { _ in
            .empty(302, headers: [("Location", "/elsewhere")])
        } during: { server in
            let response = try await CurlTransport().send(server.request(.get))
            #expect(response.head.status.code == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test("Transport: cookies are not kept") func cookiesAreNotKept() async throws {
        try await LoopbackServer.run { _ in
            .empty(headers: [("Set-Cookie", "sid=1; Path=/")])
        } during: { server in
            let transport = try CurlTransport()
            for _ in 0..<3 { _ = try await transport.send(server.request(.get)) }
            #expect(server.requests.allSatisfy { $0.header("Cookie") == nil })
        }
    }

    @Test("Transport: a connection is reused") func connectionIsReused() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { server in
            let transport = try CurlTransport()
            for _ in 0..<20 { _ = try await transport.send(server.request(.get)) }
            #expect(server.connectionCount == 1)
        }
    }

    @Test("Transport: two hundred concurrent requests") func twoHundredConcurrentRequests() async throws {
        try await LoopbackServer.run { request in
            .json(#""\#(request.target)""#)
        } during: { server in
            let transport = try CurlTransport()
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let response = try await transport.send(server.request(.get, path: "/\(number)"))
                        return response.body == Array(#""/\#(number)""#.utf8)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results == Array(repeating: true, count: 200))
            #expect(server.connectionCount <= 8)
        }
    }

    @Test("Transport: plain HTTP is allowed for loopback only") func plainHTTPIsForLoopbackOnly() async throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "okta.example", path: "/")
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(TransportRequest(head: head))
        }
        #expect(error?.kind == .invalidRequest)
    }

    @Test("Transport: a request prints no secret") func requestShowsNoSecret() {
        let head = HTTPRequest(
            method: .get, scheme: "https", authority: "a.example", path: "/p?secret",
            headerFields: [.authorization: "SSWS secret"])
        let request = TransportRequest(head: head, body: Array("secret".utf8))
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] { #expect(!text.contains("secret")) }
    }

    private func exchange(
        _ method: HTTPRequest.Method,
        _ handler: @escaping LoopbackServer.Handler
    ) async throws -> TransportResponse {
        try await LoopbackServer.run(handler) { try await CurlTransport().send($0.request(method)) }
    }
}
