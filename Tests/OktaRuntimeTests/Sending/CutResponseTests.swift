import HTTPTypes
import LoopbackServer
import Synchronization
import Testing

@testable import OktaRuntime

/// Responses that end with their connection, so that HTTP considers them complete at any point.
@Suite struct CutResponseTests {
    private static let text =
        #"{"id":"00u1","profile":{"note":"Zürich 🌍 a\u00e9\n","manager":null,"isNew":true,"cost":-12.5e3,"list":[1,""]}}"#

    private static func response(_ body: some Sequence<UInt8>, type: String = "application/json") -> TransportResponse {
        TransportResponse(
            head: HTTPResponse(status: .ok, headerFields: [.contentType: type]), body: Array(body),
            endedWithConnection: true)
    }

    @Test("Cut responses: JSON that ends anywhere but at its end is truncated, to the last byte")
    func jsonThatEndsAnywhereButAtItsEndIsTruncatedToLastByte() throws {
        let bytes = Array(Self.text.utf8)
        for count in 0..<bytes.count {
            let error = #expect(throws: TransportError.self) {
                try CutResponse.check(Self.response(bytes[..<count], type: "application/json; charset=utf-8"), to: .get)
            }
            #expect(error?.kind == .truncatedResponse && error?.mayHaveReachedServer == true, "\(count) bytes")
        }
        try CutResponse.check(Self.response(bytes), to: .get)
    }

    @Test("Cut responses: other content types, other errors and empty bodies pass")
    func othersPass() throws {
        let half = Array(Self.text.utf8.prefix(20))
        try CutResponse.check(Self.response(half, type: "text/csv"), to: .get)
        try CutResponse.check(Self.response("<html>".utf8), to: .get)
        try CutResponse.check(Self.response([]), to: .post)
        try CutResponse.check(Self.response([]), to: .head)
        var failed = Self.response(half)
        failed.head.status = .badGateway
        try CutResponse.check(failed, to: .get)
        #expect(throws: TransportError.self) {
            try CutResponse.check(Self.response(half, type: "Application/SCIM+JSON"), to: .get)
        }
    }

    /// The text `[{"id":"00u1"},{"id":"00u2"}]`, by `gzip -n`.
    private static let compressed: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x8b, 0xae, 0x56, 0xca, 0x4c, 0x51, 0xb2, 0x52,
        0x32, 0x30, 0x28, 0x35, 0x54, 0xaa, 0xd5, 0x41, 0xf0, 0x8c, 0x94, 0x6a, 0x63, 0x01, 0x56, 0xd8, 0x73, 0xbe,
        0x1d, 0x00, 0x00, 0x00,
    ]

    @Test(
        "Cut responses: a read whose JSON ends with its connection is retried",
        arguments: ["gzip", "identity", "chunked"])
    func aReadIsRetried(_ form: String) async throws {
        let whole = #"[{"id":"00u1"},{"id":"00u2"}]"#
        let calls = Mutex(0)
        try await LoopbackServer.run { _ in
            let isFirst = calls.withLock { count in
                count += 1
                return count == 1
            }
            let head = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n"
            switch form {
            case "gzip":
                let body = isFirst ? Array(Self.compressed.prefix(24)) : Self.compressed
                return LoopbackResponse().sending(head + "Content-Encoding: gzip\r\n\r\n").sending(body).closing()
            case "identity": return .raw(head + "\r\n" + (isFirst ? String(whole.prefix(20)) : whole))
            default:
                let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"id"
                return isFirst ? .raw(chunk) : .json(whole)
            }
        } during: { server in
            let response = try await OktaClient(configuration: server.configuration()).request(.get, "/api/v1/users")
            #expect(response.body == Array(whole.utf8))
            #expect(response.previousAttempts.map(\.outcome) == [.failed(.truncatedResponse)])
        }
    }

    @Test("Cut responses: a change whose JSON ends with its connection is not retried, and may have been executed")
    func aChangeIsNotRepeated() async throws {
        try await LoopbackServer.run { _ in
            .raw("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"id\":\"00u1\",\"pro")
        } during: { server in
            let client = try OktaClient(configuration: server.configuration())
            let error = await #expect(throws: OktaError.self) {
                try await client.request(.post, "/api/v1/users", body: .json([:] as JSON))
            }
            guard case .transport(let failure) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(failure.error.kind == .truncatedResponse && failure.error.mayHaveReachedServer)
            #expect(server.requests.count == 1)
        }
    }

    @Test("Cut responses: only a body without a length and without chunks ended with its connection")
    func theTransportKnows() async throws {
        let forms: [(LoopbackResponse, Bool)] = [
            (.raw("HTTP/1.1 200 OK\r\n\r\n{}"), true), (.raw("HTTP/1.0 200 OK\r\n\r\n"), true),
            (.json("{}"), false), (.empty(), false),
            (.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"), false),
        ]
        let transport = try CurlTransport()
        for (response, expected) in forms {
            try await LoopbackServer.run { _ in
                response
            } during: { server in
                let received = try await transport.send(server.request(.get))
                #expect(received.endedWithConnection == expected)
            }
        }
    }
}
