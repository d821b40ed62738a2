import Foundation
import HTTPTypes
import OktaRuntime
import Testing

/// Calls that authenticate an OAuth 2.0 client instead of sending the org's token.
@Suite struct ClientAuthenticationTests {
    private static let secret = "s3cr3t-0f-the-client+%"

    private func sent(
        _ client: ClientAuthentication, body: RequestBody, method: HTTPRequest.Method = .post
    ) async throws -> TransportRequest {
        let transport = StubTransport()
        try await ItemActions(client: try transport.client())._send(
            method, "/oauth2/v1/introspect", body: body, credentials: .client(client))
        let request = try #require(transport.requests.first)
        #expect(!"\(request.head.headerFields)".contains("secret-token"))
        #expect(!String(decoding: request.body ?? [], as: UTF8.self).contains("secret-token"))
        return request
    }

    private func text(_ request: TransportRequest) -> String { String(decoding: request.body ?? [], as: UTF8.self) }

    @Test("Client authentication: client_secret_basic is in the header only") func basic() async throws {
        let request = try await sent(
            .secretBasic(clientID: "0oa1", secret: Self.secret), body: .form(Item(json: ["token": "t"])))
        let words = try #require(request.head.headerFields[.authorization]).split(separator: " ")
        #expect(words.first == "Basic")
        let pair = try #require(words.last.flatMap { Data(base64Encoded: String($0)) })
        #expect(String(decoding: pair, as: UTF8.self) == "0oa1:s3cr3t-0f-the-client%2B%25")
        #expect(text(request) == "token=t")
    }

    @Test("Client authentication: client_secret_post is in the form, and no header is sent") func post() async throws {
        let request = try await sent(
            .secretPost(clientID: "0oa1", secret: Self.secret), body: .form(Item(json: ["token": "t"])))
        #expect(request.head.headerFields[.authorization] == nil)
        #expect(text(request) == "token=t&client_id=0oa1&client_secret=s3cr3t-0f-the-client%2B%25")
    }

    @Test("Client authentication: a public client sends its id") func publicClient() async throws {
        let request = try await sent(.publicClient(clientID: "0oa1"), body: .form(Item(json: ["client_id": "0oa1"])))
        #expect(request.head.headerFields[.authorization] == nil)
        #expect(text(request) == "client_id=0oa1")
    }

    @Test("Client authentication: a JSON object and an empty body also get the credentials") func otherBodies()
        async throws
    {
        let client = try ClientAuthentication.secretPost(clientID: "0oa1", secret: Self.secret)
        let object = try await sent(client, body: .json(["scope": "openid"] as JSON))
        let json = try JSON(parsing: object.body ?? [])
        #expect(json == ["scope": "openid", "client_id": "0oa1", "client_secret": JSON(Self.secret)])
        let empty = try await sent(client, body: .none)
        #expect(text(empty).hasPrefix("client_id=0oa1&"))
        #expect(empty.head.headerFields[.contentType] == "application/x-www-form-urlencoded")
    }

    @Test("Client authentication: a body with another client, or without room for the credentials, is rejected")
    func refusedBodies() async throws {
        let client = try ClientAuthentication.secretPost(clientID: "0oa1", secret: Self.secret)
        let bodies: [(RequestBody, HTTPRequest.Method)] = [
            (.form(Item(json: ["client_id": "0oa2"])), .post), (.json(["client_id": "0oa2"] as JSON), .post),
            (.bytes([1], contentType: .bytes), .post), (.json([] as JSON), .post), (.none, .get),
        ]
        for (body, method) in bodies {
            await #expect {
                _ = try await sent(client, body: body, method: method)
            } throws: {
                if case OktaError.invalidRequest(let message) = $0 { !message.contains(Self.secret) } else { false }
            }
        }
    }

    @Test(
        "Client authentication: an id or a secret that was copied wrongly is refused, and not repeated",
        arguments: ["", " ", "two words", "{clientSecret}", "a\u{7}b"])
    func copyingMistakes(_ text: String) {
        for make in [
            { () throws in try ClientAuthentication.secretBasic(clientID: "0oa1", secret: text) },
            { () throws in try ClientAuthentication.publicClient(clientID: text) },
        ] {
            #expect {
                _ = try make()
            } throws: {
                guard case OktaError.configuration(let failure) = $0 else { return false }
                return text.count < 3 || !failure.message.contains(text)
            }
        }
    }

    @Test("Client authentication: secrets are never printed") func descriptions() throws {
        let client = try ClientAuthentication.secretPost(clientID: "0oa1", secret: Self.secret)
        var dumped = ""
        dump(client, to: &dumped)
        dump(CallCredentials.client(client), to: &dumped)
        for text in ["\(client)", "\(String(reflecting: client))", dumped, "\(CallCredentials.client(client))"] {
            #expect(!text.contains(Self.secret))
        }
        #expect("\(client)" == "client_secret_post 0oa1")
    }

    @Test("Client authentication: an error that echoes the request repeats no secret") func echo() async throws {
        let transport = StubTransport { request, _ in
            let sent = String(decoding: request.body ?? [], as: UTF8.self).replacing("\"", with: "'")
            let header = request.head.headerFields[.authorization] ?? ""
            return .stub(400, #"{"error":"invalid_client","error_description":"got \#(sent) \#(header)"}"#)
        }
        let actions = ItemActions(client: try transport.client())
        let clients = [
            try ClientAuthentication.secretPost(clientID: "0oa1", secret: Self.secret),
            try ClientAuthentication.secretBasic(clientID: "0oa1", secret: Self.secret),
        ]
        for client in clients {
            await #expect {
                try await actions._send(
                    .post, "/oauth2/v1/token",
                    body: .form(Item(json: ["code": "c0de-of-the-user", "username": "ada"])),
                    credentials: .client(client))
            } throws: { error in
                let text = "\(error)"
                let basic = Data("0oa1:s3cr3t-0f-the-client%2B%25".utf8).base64EncodedString()
                return text.contains("ada") && ["s3cr3t", "c0de-of", basic].allSatisfy { !text.contains($0) }
            }
        }
    }
}
