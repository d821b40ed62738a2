import Foundation
import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

@Suite struct TokenRequestTests {
    @Test("OAuth token request: the first call fetches a token and uses it") func theFirstCallAsksForATokenAndUsesIt()
        async throws
    {
        let setup = try TestSetup()
        let response = try await setup.caller.call()
        #expect(response.head.status == .ok)
        let request = try #require(setup.org.tokenRequests.first)
        #expect(setup.org.tokenRequests.count == 1)
        #expect(request.head.method == .post)
        #expect(request.head.scheme == "https" && request.head.authority == "acme.okta.com")
        // The query is empty, because it would appear in logs.
        #expect(request.head.path == "/oauth2/v1/token")
        #expect(request.header("accept") == "application/json")
        #expect(request.header("content-type") == "application/x-www-form-urlencoded")
        // The user agent is that of the client, although the call has another one.
        #expect(request.header("user-agent") == "client/1")
        #expect(setup.org.apiRequests.first?.header("user-agent") == "call/1")
        #expect(request.header("authorization") == nil)
        #expect(request.form["scope"] == "okta.users.read okta.groups.manage")
        #expect(Set(request.form.keys) == ["grant_type", "scope", "client_assertion_type", "client_assertion"])
        let api = try #require(setup.org.apiRequests.first?.header("authorization"))
        #expect(api.hasPrefix("Bearer access-token-1-"))
    }

    @Test("OAuth token request: the assertion has issuer, audience and expiry")
    func theAssertionSaysWhoForWhomAndUntilWhen() async throws {
        let setup = try TestSetup()
        try await setup.caller.call()
        let assertion = try #require(setup.org.tokenRequests.first?.assertion)
        #expect(assertion.header["alg"]?.string == "ES256")
        #expect(assertion.header["kid"]?.string == "test-kid")
        let now = Int(SimulatedTime.start.timeIntervalSince1970)
        #expect(assertion.payload["iat"]?.int == now)
        #expect(assertion.payload["exp"]?.int == now + 300)
        #expect(assertion.payload["iss"]?.string == TestOrg.clientID)
        #expect(assertion.payload["sub"]?.string == TestOrg.clientID)
        #expect(assertion.payload["aud"]?.string == "https://acme.okta.com/oauth2/v1/token")
    }

    @Test(
        "OAuth token request: malformed settings are rejected",
        arguments: [
            ("", ["a"]), ("  ", ["a"]), ("{clientId}", ["a"]), ("<client id>", ["a"]), ("a b", ["a"]), ("ä", ["a"]),
            ("0oa", []), ("0oa", [" ", ","]), ("0oa", ["a\"b"]), ("0oa", ["ä"]),
        ])
    func badlyCopiedSettingsAreRefused(_ clientID: String, _ scopes: [String]) throws {
        let key = try Fixture.signingKey()
        #expect {
            try OAuthClientCredentials(clientID: clientID, scopes: scopes, privateKey: key)
        } throws: { error in
            guard case OktaError.configuration(let failure) = error else { return false }
            return !failure.message.isEmpty
        }
    }

    @Test("OAuth token request: a negative renewal margin is rejected") func aNegativeMarginIsRefused() throws {
        var options = OAuthClientCredentials.Options()
        options.renewalMargin = .seconds(-1)
        #expect(throws: OktaError.self) { try TestSetup(options: options) }
    }

    @Test("OAuth token request: scopes in one string are split") func scopesInOneStringAreSplit() throws {
        let credentials = try OAuthClientCredentials(
            clientID: " 0oa \n", scopes: ["okta.users.read okta.groups.read", "okta.logs.read,okta.users.read"],
            privateKey: Fixture.signingKey())
        #expect(credentials.scopes == ["okta.users.read", "okta.groups.read", "okta.logs.read"])
        #expect(credentials.clientID == "0oa")
    }

    /// A token of one org must not reach another, even with the same credentials in clients of both orgs.
    @Test("OAuth token request: each org has its own token") func eachOrgHasATokenOfItsOwn() async throws {
        let setup = try TestSetup()
        let other = try TestOrg(publicKey: Fixture.signingKey().publicJWK ?? "", time: setup.time)
        other.edit { state in
            state.script = { request, _, org in
                request.head.path == "/oauth2/v1/token"
                    ? org.response(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"other-org"}"#)
                    : org.response(200, "[]")
            }
        }
        try await setup.caller.call()
        try await TestCaller(setup.credentials, other, time: setup.time, orgURL: "https://other.okta.com").call()
        try await setup.caller.call()
        #expect(other.apiRequests.map { $0.header("authorization") } == ["Bearer other-org"])
        #expect(
            other.tokenRequests.first?.assertion?.payload["aud"]?.string == "https://other.okta.com/oauth2/v1/token")
        #expect(setup.org.apiRequests.count == 2)
        #expect(setup.org.apiRequests.allSatisfy { $0.header("authorization")?.contains("other") == false })
        #expect(setup.org.tokenRequests.count == 1)
    }

    /// The real client, end to end.
    @Test("OAuth token request: a client authenticates with it") func clientAuthenticatesWithIt() async throws {
        let setup = try TestSetup(TestOrg.Rules(demandsDPoP: true, checksTimes: false))
        let configuration = try OktaConfiguration.patient(
            .oauth(clientID: TestOrg.clientID, scopes: ["okta.users.read"], privateKey: Fixture.signingKey()))
        let client = try OktaClient(configuration: configuration, transport: setup.org)
        let response = try await client.request(.get, "/api/v1/users", query: ["limit": "1"])
        #expect(response.status == .ok)
        setup.org.revokeAll()
        #expect(try await client.request(.get, "/api/v1/users", query: ["limit": "1"]).status == .ok)
        #expect(setup.org.apiRequests.count == 3)
        #expect(!"\(client) \(configuration)".contains("access-token"))
    }

    /// The user agent of the person that a call is made for is not sent to the token endpoint.
    @Test("OAuth token request: the token request has the client's user agent, not the caller's")
    func theClientSpeaksForItself() async throws {
        let setup = try TestSetup(TestOrg.Rules(checksTimes: false))
        var configuration = try OktaConfiguration.patient(setup.credentials)
        configuration.userAgentSuffix = "backup-tool/1.4"
        let client = try OktaClient(configuration: configuration, transport: setup.org)
        _ = try await client.request(.get, "/api/v1/users", headers: [.userAgent: "Browser/5.0"])
        let agent = try #require(setup.org.tokenRequests.first?.header("user-agent"))
        #expect(agent.hasPrefix("okta-swift/") && agent.hasSuffix(" backup-tool/1.4"))
        #expect(setup.org.apiRequests.first?.header("user-agent") == "Browser/5.0")
    }
}
