#if LocalOrg
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: compressed bodies")
struct CodingTests {
    private func response(_ length: Int) -> LocalResponse {
        LocalResponse(
            status: 200, headers: [("content-type", "application/json")],
            body: Array(String(repeating: "a", count: length).utf8))
    }

    private func request(_ coding: String?) -> LocalRequest {
        LocalRequest("GET", "/", headers: coding.map { [("Accept-Encoding", $0)] } ?? [])
    }

    private func decompressed(_ bytes: [UInt8]) throws -> [UInt8] {
        let channel = EmbeddedChannel(handler: NIOHTTPResponseDecompressor(limit: .none))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        try channel.writeInbound(
            HTTPClientResponsePart.head(
                HTTPResponseHead(
                    version: .http1_1, status: .ok,
                    headers: ["content-encoding": "gzip", "content-length": String(bytes.count)])))
        try channel.writeInbound(HTTPClientResponsePart.body(ByteBuffer(bytes: bytes)))
        try channel.writeInbound(HTTPClientResponsePart.end(nil))
        var output: [UInt8] = []
        while let part = try channel.readInbound(as: HTTPClientResponsePart.self) {
            if case .body(let buffer) = part { output += buffer.readableBytesView }
        }
        return output
    }

    @Test(
        "Content coding: gzip is used if the client accepts it, regardless of its other preferences",
        arguments: [
            ("gzip", true), ("gzip, deflate, br", true), ("deflate;q=1, gzip;q=0.1", true), ("*", true),
            ("X-GZIP", true), ("gzip;q=0", false), ("gzip;q=0, *", false), ("identity", false), ("br", false),
            ("gzip;q=x", false), ("", false),
        ])
    func choosesCoding(_ coding: String, isCoded: Bool) throws {
        let plain = response(5000)
        let coded = ResponseCoding.coded(plain, for: request(coding))
        #expect(coded.header("content-encoding") == (isCoded ? "gzip" : nil))
        #expect(coded.header("vary") == "Accept-Encoding")
        guard isCoded else {
            #expect(coded.body == plain.body)
            return
        }
        #expect(coded.body.count < 200)
        #expect(try decompressed(coded.body) == plain.body)
    }

    @Test("Content coding: a short body, or one without Accept-Encoding, is not compressed")
    func keepsBodies() {
        let short = ResponseCoding.coded(response(ResponseCoding.least - 1), for: request("gzip"))
        #expect(short.body.count == ResponseCoding.least - 1)
        #expect(short.header("content-encoding") == nil && short.header("vary") == nil)
        let unasked = ResponseCoding.coded(response(5000), for: request(nil))
        #expect(unasked.body.count == 5000 && unasked.header("content-encoding") == nil)
    }

    @Test("Content coding: over HTTP, Content-Length is that of the gzip bytes, and HEAD has the same fields")
    func servesGzip() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 50)
        let ask = { (method: String, coding: String) in
            try await RawHTTP.send(
                org,
                [
                    "\(method) /api/v1/users HTTP/1.1\r\n\(RawHTTP.fields)Accept-Encoding: \(coding)\r\n"
                        + "Connection: close\r\n\r\n"
                ])
        }
        let coded = try await ask("GET", "gzip")
        #expect(coded.status == 200 && coded.fields("content-encoding") == ["gzip"])
        let marker: [UInt8] = Array("\r\n\r\n".utf8)
        let start = try #require(coded.bytes.firstRange(of: marker)).upperBound
        let body = Array(coded.bytes[start...])
        #expect(coded.fields("content-length") == [String(body.count)])
        let plain = try await ask("GET", "identity")
        #expect(plain.fields("content-encoding").isEmpty && plain.isComplete)
        #expect(try decompressed(body) == Array(plain.body.utf8))
        #expect(body.count * 4 < plain.body.utf8.count)
        let head = try await ask("HEAD", "gzip")
        #expect(head.body.isEmpty && head.fields("content-encoding") == ["gzip"])
        #expect(head.fields("content-length") == coded.fields("content-length"))
        await org.stop()
    }

    @Test("Content coding: a compressed request body is rejected, and the error names the accepted coding")
    func refusesCodings() {
        let org = TestOrg()
        let body: JSON = ["profile": ["name": "G"]]
        let refused = org("POST", "/api/v1/groups", body, headers: [("content-encoding", "gzip")])
        #expect(refused.status == 415 && refused.errorCode == "E0000021")
        #expect(refused.causes == ["Content-Encoding: A body in the coding gzip is not read. Send it as it is."])
        #expect(refused.raw.header("accept-encoding") == "identity")
        #expect(org("POST", "/api/v1/groups", body, headers: [("content-encoding", "identity")]).status == 200)
    }

    @Test(
        "Request target: the absolute form has a host, a path and a query",
        arguments: [
            ("http://a.example/api/v1/users?limit=1", "a.example", "/api/v1/users?limit=1"),
            ("HTTPS://a.example:8443/x?u=http://b.example/", "a.example:8443", "/x?u=http://b.example/"),
            ("http://[::1]:80?q=1", "[::1]:80", "/?q=1"), ("http://a.example", "a.example", "/"),
            ("http:///x", "", "/x"), ("http://ada:secret@a.example/x", "", "/x"),
        ])
    func readsTargets(_ text: String, host: String, rest: String) throws {
        let target = try #require(AbsoluteTarget(text))
        #expect(target.host == host && target.rest == rest)
    }

    @Test("Request target: other forms are unchanged", arguments: ["/api/v1/users?x=http://a.example", "*", "a:443"])
    func leavesTargets(_ text: String) { #expect(AbsoluteTarget(text) == nil) }
}
#endif
