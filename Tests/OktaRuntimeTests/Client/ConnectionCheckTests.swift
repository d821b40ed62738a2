import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite struct ConnectionCheckTests {
    private static let fromOkta = [("X-Okta-Request-Id", "r1")]

    private func outcome(_ status: Int, _ body: String, headers: [(String, String)]) async throws -> ConnectionCheck {
        try await StubTransport(status, body, headers: headers).client().verifyConnection()
    }

    @Test("Connection check: a valid response is verified") func aValidResponseIsVerified() async throws {
        let check = try await outcome(200, #"{"id":"00o1","companyName":"Acme"}"#, headers: Self.fromOkta)
        #expect(check.isVerified)
        #expect(check.requestID == "r1")
        #expect(check.description.contains("Acme"))
    }

    @Test(
        "Connection check: the responses of an org are distinguished",
        arguments: [
            (401, #"{"errorCode":"E0000011"}"#, "rejected the token"),
            (401, #"{"errorCode":"E0000015"}"#, "the token is valid"),
            (403, #"{"errorCode":"E0000006"}"#, "the token is valid"),
            (429, #"{"errorCode":"E0000047"}"#, "rate limit"),
            (500, #"{"errorCode":"E0000009"}"#, "responded with 500"),
            (418, #"{"errorCode":"E0000000"}"#, "responded with 418"),
        ])
    func responsesAreDistinguished(_ status: Int, _ body: String, _ sentence: String) async throws {
        let check = try await outcome(status, body, headers: Self.fromOkta)
        #expect(check.description.contains(sentence))
    }

    @Test("Connection check: a refusal for too many concurrent calls states no time, since its reset has no meaning")
    func concurrencyHasNoReset() async throws {
        let limit = [
            ("X-Rate-Limit-Limit", "0"), ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "4000000000"),
        ]
        let check = try await outcome(429, #"{"errorCode":"E0000047"}"#, headers: Self.fromOkta + limit)
        #expect(check.outcome == .rateLimited(reset: nil))
    }

    @Test(
        "Connection check: a server that is not an org is named",
        arguments: [
            (200, "<html>sign in</html>"), (404, #"{"status":404,"message":"Resource not found"}"#), (302, ""),
        ])
    func serverThatIsNotOrgIsNamed(_ status: Int, _ body: String) async throws {
        let check = try await outcome(status, body, headers: [])
        #expect(check.outcome == .notOkta)
        #expect(!check.isVerified)
    }

    @Test(
        "Connection check: a missing response is explained",
        arguments: [
            (TransportError.Kind.unknownHost, "does not resolve"), (.connectionFailed, "connection"),
            (.timedOut, "too long"),
            (.untrustedCertificate, "certificate"), (.proxyFailed, "proxy"),
        ])
    func missingResponseIsExplained(_ kind: TransportError.Kind, _ word: String) async throws {
        let transport = StubTransport { _, _ throws(TransportError) in throw TransportError(kind) }
        let check = try await transport.client().verifyConnection()
        #expect(!check.isVerified)
        #expect(check.description.contains(word))
    }

    // MARK: Credentials

    /// An authorization that signs in by itself, or fails.
    private struct OwnAuthorization: RequestAuthorization {
        var error: OktaError?

        func credentials(for request: HTTPRequest, in session: AuthorizationContext) throws(OktaError) -> HTTPFields {
            if let error { throw error }
            return [.authorization: "Own secret"]
        }

        var description: String { "OAuth client 0oa1" }
    }

    private func check(
        _ authorization: any RequestAuthorization, orgURL: String = "https://acme.okta.com",
        transport: StubTransport = StubTransport()
    ) async throws -> ConnectionCheck {
        let configuration = try OktaConfiguration(orgURL: orgURL, authorization: authorization)
        return try await OktaClient(configuration: configuration, transport: transport).verifyConnection()
    }

    @Test("Connection check: a failed token request is explained") func failedTokenRequestIsExplained() async throws {
        let failure = OktaError.AuthorizationFailure(
            message: "the org gave client 0oa1 no access token: unknown client. Check the client id.",
            code: "invalid_client", requestID: "r9")
        let transport = StubTransport()
        let check = try await check(OwnAuthorization(error: .authorization(failure)), transport: transport)
        #expect(check.outcome == .noCredentials(failure))
        #expect(!check.isVerified)
        #expect(check.requestID == "r9")
        let text = check.description
        #expect(text.contains(failure.message) && text.contains("(invalid_client)"), "\(text)")
        #expect(text.contains("(request r9)") && !text.contains("nothing was sent"), "\(text)")
        #expect(transport.requests.isEmpty)
    }

    /// Such a failure has no request id, and only its own text is shown.
    @Test("Connection check: a key that cannot sign is explained") func keyThatCannotSignIsExplained() async throws {
        let failure = OktaError.AuthorizationFailure(message: "the key cannot sign")
        let check = try await check(OwnAuthorization(error: .authorization(failure)))
        #expect(check.outcome == .noCredentials(failure))
        #expect(check.description.hasSuffix("the key cannot sign"))
    }

    @Test("Connection check: an admin host that issues no token is recognized")
    func anAdminHostThatGivesNoTokenIsRecognized() async throws {
        let error = OktaError.authorization(OktaError.AuthorizationFailure(message: "no access token"))
        let check = try await check(OwnAuthorization(error: error), orgURL: "https://id-admin.example.com")
        #expect(check.outcome == .adminHost(suggestion: "https://id.example.com"))
    }

    @Test("Connection check: a setting that prevents the request is named")
    func settingThatPreventsRequestIsNamed() async throws {
        let error = OktaError.configuration(OktaError.ConfigurationFailure(message: "the scope is empty"))
        let check = try await check(OwnAuthorization(error: error))
        #expect(check.outcome == .notSent(reason: "the scope is empty"))
    }

    /// The advice to create an API token is given only to users of API tokens.
    @Test("Connection check: a rejection is explained for the kind of credentials")
    func aRefusalIsExplainedByTheCredentials() async throws {
        let refusing = StubTransport(401, #"{"errorCode":"E0000011"}"#, headers: Self.fromOkta)
        let apiToken = try await check(.apiToken("secret-token"), transport: refusing)
        let accessToken = try await check(.bearer("secret-token"), transport: refusing)
        let own = try await check(OwnAuthorization(), transport: refusing)
        for check in [apiToken, accessToken, own] {
            #expect(check.outcome == .invalidToken)
            #expect(!check.description.contains("secret"))
        }
        #expect(apiToken.description.contains("Security, API, Tokens"))
        #expect(accessToken.description.contains("/oauth2/v1/token"))
        #expect(own.description.contains("OAuth client 0oa1"))
        #expect(!"\(accessToken) \(own)".contains("Admin Console"))
    }

    @Test("Connection check: missing permissions are explained for the kind of credentials")
    func missingRightsAreExplainedByTheCredentials() async throws {
        let refusing = StubTransport(403, #"{"errorCode":"E0000006"}"#, headers: Self.fromOkta)
        let apiToken = try await check(.apiToken("secret-token"), transport: refusing)
        let own = try await check(OwnAuthorization(), transport: refusing)
        #expect(apiToken.outcome == .insufficientPermissions && own.outcome == .insufficientPermissions)
        #expect(apiToken.description.contains("its owner"))
        #expect(own.description.contains("scopes"))
    }

    // MARK: Hosts

    @Test("Connection check: an admin host of a custom domain is recognized")
    func anAdminHostOfACustomDomainIsRecognized() async throws {
        let transport = StubTransport(404, "")
        let check = try await transport.client(orgURL: "https://id-admin.example.com").verifyConnection()
        #expect(check.outcome == .adminHost(suggestion: "https://id.example.com"))
    }

    @Test("Connection check: a real server is verified") func aRealServerIsVerified() async throws {
        try await LoopbackServer.run { request in
            request.header("Authorization") == "SSWS test-token"
                ? .json(#"{"id":"00o1"}"#) : .json(#"{"errorCode":"E0000011"}"#, status: 401)
        } during: { server in
            let good = try server.client()
            #expect(await good.verifyConnection().isVerified)
            var configuration = try OktaConfiguration(orgURL: server.origin, token: "wrong-token")
            configuration.timeouts = .patient
            let bad = try OktaClient(configuration: configuration)
            #expect(await bad.verifyConnection().outcome == .invalidToken)
        }
    }
}
