import HTTPTypes
import OktaRuntime
import Synchronization
import Testing

@Suite struct AuthorizationTests {
    /// An authorization that numbers its credentials and renews them after a 401.
    private final class Numbered: RequestAuthorization {
        let signed = Mutex<[HTTPRequest]>([])
        let reviewed = Mutex<[(status: Int, credentials: String?)]>([])

        func credentials(for request: HTTPRequest, in session: AuthorizationContext) -> HTTPFields {
            let count = signed.withLock { requests in
                requests.append(request)
                return requests.count
            }
            return [.authorization: "Test \(count)", .userAgent: "test"]
        }

        func refresh(
            after response: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
        ) -> AuthorizationContext.Refresh {
            reviewed.withLock { $0.append((response.head.status.code, request.headerFields[.authorization])) }
            return response.head.status.code == 401 ? .refreshed : .unchanged
        }

        var description: String { "numbered" }
    }

    /// An authorization without credentials.
    private struct Refusing: RequestAuthorization {
        func credentials(for request: HTTPRequest, in session: AuthorizationContext) throws(OktaError) -> HTTPFields {
            throw .authorization(.init(message: "no key", code: "invalid_client"))
        }

        var description: String { "refusing" }
    }

    private func client(_ authorization: any RequestAuthorization, _ transport: StubTransport) throws -> OktaClient {
        let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: authorization)
        return try OktaClient(configuration: configuration, transport: transport)
    }

    @Test("Authorization: a bearer token is sent with its scheme") func bearerTokenIsSentWithItsScheme() async throws {
        let transport = StubTransport()
        _ = try await client(BearerTokenAuthorization(" abc.def\n"), transport).request(.get, "/api/v1/x")
        #expect(transport.requests.first?.head.headerFields[values: .authorization] == ["Bearer abc.def"])
    }

    @Test(
        "Authorization: a malformed token is rejected",
        arguments: ["", " ", "Bearer abc", "SSWS abc", "{accessToken}", "a b", "a\nb", "\"abc\"", "ä"])
    func aBadlyCopiedTokenIsRefused(_ token: String) {
        #expect {
            try BearerTokenAuthorization(token)
        } throws: { error in
            guard case OktaError.configuration(let failure) = error else { return false }
            return failure.message.hasPrefix("the access token ") && !failure.message.contains("abc")
        }
    }

    @Test("Authorization: credentials are computed from the final request and replace its own")
    func credentialsAreComputedFromFinalRequestAndReplaceItsOwn() async throws {
        let authorization = Numbered()
        let transport = StubTransport()
        let client = try client(authorization, transport)
        _ = try await client.request(.get, "/api/v1/x", query: ["a": "b"], headers: [.userAgent: "mine"])
        let request = try #require(authorization.signed.withLock { $0.first })
        #expect(request.path == "/api/v1/x?a=b")
        #expect(request.headerFields[.authorization] == nil)
        #expect(transport.requests.first?.head.headerFields[values: .userAgent] == ["test"])
    }

    @Test("Authorization: credentials are renewed once per call") func aRenewalIsTriedOnce() async throws {
        let authorization = Numbered()
        let transport = StubTransport { _, index in .stub(index == 0 ? 401 : 200, "{}") }
        let response = try await client(authorization, transport).request(.get, "/api/v1/x")
        #expect(response.status == .ok)
        #expect(transport.requests.map { $0.head.headerFields[.authorization] } == ["Test 1", "Test 2"])
    }

    @Test("Authorization: a call has at most two rejections") func callHasAtMostTwoRejections() async throws {
        let authorization = Numbered()
        let transport = StubTransport(401, "{}")
        let client = try client(authorization, transport)
        await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/x") }
        #expect(transport.requests.count == 2)
        #expect(authorization.reviewed.withLock { $0.map(\.credentials) } == ["Test 1", "Test 2"])
    }

    @Test("Authorization: nothing is sent without credentials") func nothingIsSentWithoutCredentials() async throws {
        let transport = StubTransport()
        let client = try client(Refusing(), transport)
        await #expect {
            try await client.request(.get, "/api/v1/x")
        } throws: {
            ($0 as? OktaError)?.code == "invalid_client"
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("Authorization: no kind prints its token") func noKindPrintsItsToken() throws {
        var shown = ""
        for authorization: any RequestAuthorization in [try .bearer("secret-token"), try .apiToken("secret-token")] {
            let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: authorization)
            shown += "\(authorization) \(String(reflecting: authorization)) \(configuration)"
            dump(authorization, to: &shown)
            dump(configuration, to: &shown)
        }
        #expect(!shown.contains("secret-token"))
    }
}
