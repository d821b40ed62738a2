import HTTPTypes
import OktaRuntime
import Testing

@Suite struct OktaClientTests {
    @Test("Client request: every request has user agent and accepted types") func everyRequestSaysWhoAsksForWhat()
        async throws
    {
        let transport = StubTransport()
        _ = try await transport.client().request(.post, "/api/v1/x", body: .json(JSON("body")))
        let head = try #require(transport.requests.first?.head)
        #expect(head.headerFields[values: .authorization] == ["SSWS secret-token"])
        #expect(head.headerFields[.accept] == "application/json")
        #expect(head.headerFields[.contentType] == "application/json")
        #expect(head.headerFields[.userAgent]?.hasPrefix("okta-swift/") == true)
        #expect(transport.requests.first?.body == Array("\"body\"".utf8))
    }

    /// Okta's document and its responses use different media types for the same XML, and a wrong one is refused.
    @Test(
        "Client request: XML is accepted under both media types",
        arguments: [("text/xml", "text/xml, application/xml"), ("application/pkcs10", "application/pkcs10")])
    func xmlIsAcceptedByBothItsNames(_ type: MediaType, _ accepted: String) async throws {
        let transport = StubTransport()
        _ = try await transport.client().send(OktaRequest(.get, "/api/v1/x", accept: type))
        #expect(transport.requests.first?.head.headerFields[.accept] == accepted)
    }

    @Test("Client request: a caller cannot override the identifying headers")
    func callerCannotOverrideIdentifyingHeaders() async throws {
        let transport = StubTransport()
        let client = try transport.client()
        await #expect(throws: OktaError.self) {
            try await client.request(.get, "/api/v1/x", headers: [.authorization: "SSWS other"])
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("Client request: a request without a body has no content type")
    func requestWithoutBodyHasNoContentType() async throws {
        let transport = StubTransport()
        _ = try await transport.client().request(.get, "/api/v1/x")
        #expect(transport.requests.first?.head.headerFields[.contentType] == nil)
        #expect(transport.requests.first?.body == nil)
    }

    @Test(
        "Client request: an interpolated value stays one path segment",
        arguments: ["a/b", "a?b", "a#b", "a%2Fb", "ä", "a b", "a@b+c", "..a", "a;b", "a:b", "\"", "a\nb"])
    func aValueStaysOneSegment(_ value: String) async throws {
        let transport = StubTransport()
        _ = try await transport.client().request(.get, "/api/v1/users/\(value)/groups")
        let path = try #require(transport.requests.first?.head.path)
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        #expect(segments.count == 6)
        #expect(segments.last == "groups")
        #expect(segments[4].removingPercentEncoding == value)
    }

    @Test("Client request: a value that would change the path is rejected", arguments: ["", ".", ".."])
    func valueThatWouldChangePathIsRejected(_ value: String) async throws {
        let transport = StubTransport()
        let client = try transport.client()
        await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/users/\(value)/groups") }
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "Client request: a target on another host is rejected, and nothing is sent",
        arguments: [
            "https://evil.example/api/v1/x", "//evil.example/x", "http://acme.okta.com/api/v1/x", "/a/../b", "api/v1/x",
            "https://acme.okta.com.evil.example/x", "https://acme.okta.com@evil.example/x", "/a b", "/a\r\nX: y",
        ])
    func anotherTargetIsRefusedAndNothingSent(_ target: String) async throws {
        let transport = StubTransport()
        let client = try transport.client()
        await #expect(throws: OktaError.self) { try await client.request(.get, target: target) }
        #expect(transport.requests.isEmpty)
    }

    @Test("Client request: a target keeps its query") func aTargetKeepsItsQuery() async throws {
        let transport = StubTransport()
        let client = try transport.client()
        _ = try await client.request(.get, target: "https://acme.okta.com/api/v1/x?after=1%2F2", query: ["b": "c d"])
        #expect(transport.requests.first?.head.path == "/api/v1/x?after=1%2F2&b=c%20d")
    }

    @Test("Client request: a header with a line break is rejected", arguments: ["a\r\nX-Evil: 1", "a\nb", "a\u{0}b"])
    func headerWithLineBreakIsRejected(_ value: String) async throws {
        let transport = StubTransport()
        let group = ItemActions(client: try transport.client())
        await #expect(throws: OktaError.self) {
            try await group._send(.get, "/api/v1/x", headers: ["X-Test": .string(value)])
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("Client request: options apply to one call") func optionsAreOfOneCall() async throws {
        let time = SimulatedTime()
        let transport = StubTransport()
        let client = try Simulation(transport, time: time) { $0.timeouts.total = .seconds(60) }.client
        try await time.run {
            let hurried = client.with { $0.timeout = .seconds(5) }
            _ = try await hurried.request(.get, "/a")
            _ = try await client.request(.get, "/a")
        }
        #expect(transport.requests.map(\.timeouts.total) == [.seconds(5), .seconds(60)])
    }

    @Test("Client request: the full response is available") func fullResponseIsAvailable() async throws {
        let transport = StubTransport(200, #"{"id":"1"}"#, headers: [("ETag", "W/\"1\"")])
        let (item, responses) = try await transport.client().withResponse { client -> Item in
            try await ItemActions(client: client)._call(.get, "/api/v1/items/\("1")")
        }
        #expect(item.id == "1")
        #expect(responses.map { $0.headers[.eTag] } == ["W/\"1\""])
    }

    @Test("Client request: a cancelled task sends nothing") func aCancelledTaskSendsNothing() async throws {
        let transport = StubTransport()
        let client = try transport.client()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.request(.get, "/api/v1/x")
        }
        await #expect {
            try await task.value
        } throws: {
            if case OktaError.cancelled = $0 { true } else { false }
        }
        #expect(transport.requests.isEmpty)
    }

    /// No representation of a value contains the token.
    @Test("Client request: the token is never printed") func tokenIsNeverPrinted() async throws {
        let transport = StubTransport(401, #"{"errorCode":"E0000011","errorSummary":"Invalid token provided"}"#)
        let client = try transport.client()
        var shown = "\(client) \(String(reflecting: client)) \(client.configuration)"
        dump(client, to: &shown)
        dump(client.configuration, to: &shown)
        do {
            _ = try await client.request(.get, "/api/v1/x")
            Issue.record("a 401 is an error")
        } catch {
            shown += "\(error) \(String(reflecting: error))"
            dump(error, to: &shown)
        }
        let request = try #require(transport.requests.first)
        shown += "\(request) \(String(reflecting: request))"
        dump(request, to: &shown)
        #expect(!shown.contains("secret-token"))
        #expect(shown.contains("E0000011"))
    }
}

extension StringProtocol {
    /// Returns the percent-decoded text; nil if an escape is invalid.
    fileprivate var removingPercentEncoding: String? {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
