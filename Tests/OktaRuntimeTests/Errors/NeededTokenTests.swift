import HTTPTypes
import OktaRuntime
import Testing

/// Refused calls of operations that permit only one kind of token.
@Suite struct NeededTokenTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let credentials: CallCredentials
        /// The value of the `Authorization` field. Only its scheme matters.
        let sent: String
        let needed: TokenKind?

        var testDescription: String { "\(credentials), \(sent)" }
    }

    private struct FixedAuthorization: RequestAuthorization {
        let value: String
        let description = "fixed"

        func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields {
            [.authorization: value]
        }
    }

    private func failure(
        _ credentials: CallCredentials, _ sent: String, _ response: (status: Int, body: String),
        headers: [(String, String)] = []
    ) async throws -> OktaError.APIFailure {
        let transport = StubTransport(response.status, response.body, headers: headers)
        let configuration = try OktaConfiguration(
            orgURL: "https://acme.okta.com", authorization: FixedAuthorization(value: sent))
        let actions = ItemActions(client: try OktaClient(configuration: configuration, transport: transport))
        do throws(OktaError) {
            try await actions._send(.get, "/api/v1/items", credentials: credentials, scopes: "okta.a.read okta.b.read")
        } catch {
            guard case .api(let failure) = error else { throw error }
            // The client does not check the kind of token before it sends the call.
            #expect(transport.requests.first?.head.headerFields[.authorization] == sent)
            return failure
        }
        throw OktaError.cancelled
    }

    private static let cases = [
        Case(credentials: .accessToken, sent: "SSWS x", needed: .accessToken),
        Case(credentials: .accessToken, sent: "Bearer x", needed: nil),
        Case(credentials: .accessToken, sent: "DPoP x", needed: nil),
        Case(credentials: .apiToken, sent: "Bearer x", needed: .apiToken),
        Case(credentials: .apiToken, sent: "dpop x", needed: .apiToken),
        Case(credentials: .apiToken, sent: "SSWS x", needed: nil),
        Case(credentials: .org, sent: "SSWS x", needed: nil),
        Case(credentials: .org, sent: "Bearer x", needed: nil),
        // The kind of token is unknown for schemes other than Okta's.
        Case(credentials: .accessToken, sent: "Basic x", needed: nil),
        Case(credentials: .apiToken, sent: "x", needed: nil),
    ]

    @Test("Needed token: is stated where the call carried the other kind", arguments: cases, [401, 403])
    private func mismatch(_ sample: Case, _ status: Int) async throws {
        let failure = try await failure(sample.credentials, sample.sent, (status, #"{"errorCode":"E0000011"}"#))
        #expect(failure.neededToken == sample.needed)
        #expect(failure.advice?.contains("are refused.") == (sample.needed != nil))
    }

    @Test("Needed token: the advice names the token, and the scopes of an access token")
    func advice() async throws {
        let needsAccess = try await failure(.accessToken, "SSWS x", (401, #"{"errorCode":"E0000011"}"#))
        #expect(
            needsAccess.advice == "This action needs an OAuth 2.0 access token with okta.a.read or okta.b.read; "
                + "API tokens are refused.")
        #expect(needsAccess.description.hasSuffix("API tokens are refused."))
        let needsAPI = try await failure(.apiToken, "Bearer x", (403, ""))
        #expect(needsAPI.advice == "This action needs an API token; OAuth 2.0 access tokens are refused.")
    }

    /// No scope makes an org accept the wrong kind of token.
    @Test("Needed token: takes precedence over a missing scope") func beforeScopes() async throws {
        let failure = try await failure(
            .apiToken, "Bearer x", (403, ""), headers: [("WWW-Authenticate", #"Bearer error="insufficient_scope""#)])
        #expect(failure.isInsufficientScope)
        #expect(failure.advice?.contains("needs an API token") == true)
    }

    @Test("Needed token: is not the cause of other errors", arguments: [400, 404, 409, 500])
    func otherStatuses(_ status: Int) async throws {
        let failure = try await failure(.accessToken, "SSWS x", (status, ""))
        #expect(failure.neededToken == nil)
        #expect(failure.requiredScopes.isEmpty)
    }

    @Test("Needed token: is not the cause of a page that no org sent") func foreignPage() async throws {
        let failure = try await failure(
            .accessToken, "SSWS x", (403, "<html></html>"), headers: [("Content-Type", "text/html")])
        #expect(failure.isForeignPage)
        #expect(failure.neededToken == nil)
        #expect(failure.advice?.contains("web page") == true)
    }

    @Test("Needed token: is stated for an action called by its descriptor") func descriptor() async throws {
        let action = ActionDescriptor(
            category: "Item", name: "List Items", swiftName: "item.listItems", method: "GET", path: "/api/v1/items",
            authorization: "oauth2")
        let client = try StubTransport(403).client()
        let error = await #expect(throws: OktaError.self) { try await client.perform(action) }
        guard case .api(let failure) = error else { throw error ?? .cancelled }
        #expect(failure.neededToken == .accessToken)
    }
}
