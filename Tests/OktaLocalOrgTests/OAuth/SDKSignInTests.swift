#if LocalOrg
import Crypto
import Foundation
import HTTPTypes
import Okta
import OktaMyAccount
import OktaOAuth
import OktaOAuthAPI
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: the SDK signs in over HTTP")
struct SDKSignInTests {
    private static let kid = "sdk-key"

    /// An app of an org, with a key for the SDK.
    private func app(
        _ org: LocalOrg, grants: JSON = ["client_credentials"], scopes: [String], more: JSON = [:]
    ) throws -> (id: String, key: OAuthPrivateKey) {
        let key = try OAuthPrivateKey(P256.Signing.PrivateKey().pemRepresentation, keyID: Self.kid)
        var settings: JSON = [
            "application_type": "service", "grant_types": grants, "response_types": ["code", "token"],
            "redirect_uris": [JSON(TestClient.redirect)],
            "jwks": ["keys": [try JSON(parsing: Array((key.publicJWK ?? "").utf8))]],
        ]
        settings.merge(more)
        let caller = TestOrg(engine: org.engine, clock: org.clock)
        let app = caller(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "SDK", "signOnMode": "OPENID_CONNECT",
                "credentials": ["oauthClient": ["token_endpoint_auth_method": "private_key_jwt"]],
                "settings": ["oauthClient": settings],
            ])
        for scope in scopes {
            caller("POST", "/api/v1/apps/\(app.id)/grants", ["scopeId": JSON(scope), "issuer": JSON(org.url)])
        }
        return (app.id, key)
    }

    private func client(
        _ org: LocalOrg, _ app: (id: String, key: OAuthPrivateKey), scopes: [String], dpop: DPoPMode = .automatic
    ) throws -> OktaClient {
        var options = OAuthOptions()
        options.dpop = dpop
        var configuration = try OktaConfiguration(
            orgURL: org.url,
            authorization: .oauth(clientID: app.id, scopes: scopes, privateKey: app.key, options: options))
        // A machine that runs all tests at once is slow.
        configuration.timeouts.total = nil
        return try OktaClient(configuration: configuration)
    }

    @Test("Private key: the SDK reads what its scopes permit, and names a missing scope")
    func signsInWithKey() async throws {
        let org = try await LocalOrg.start()
        let okta = try client(org, try app(org, scopes: ["okta.users.read"]), scopes: ["okta.users.read"])
        #expect(try await okta.user.listUsers().collect().count == 1)
        #expect(org.requests.count { $0.path == "/oauth2/v1/token" } == 1)
        let error = await #expect(throws: OktaError.self) { try await okta.group.listGroups().collect() }
        #expect("\(String(describing: error))".contains("okta.groups.read"))
        #expect(org.requests.last?.status == 403)
        await org.stop()
    }

    @Test("DPoP: the SDK uses the nonce, binds its calls, and uses the next nonce days later")
    func signsInWithProofs() async throws {
        let org = try await LocalOrg.start()
        let app = try app(org, scopes: ["okta.users.read"], more: ["dpop_bound_access_tokens": true])
        let okta = try client(org, app, scopes: ["okta.users.read"])
        let statuses = { org.requests.filter { $0.path == "/oauth2/v1/token" }.map(\.status) }
        #expect(try await okta.user.listUsers().collect().count == 1)
        #expect(statuses() == [400, 200])
        // The token has expired: the call is refused, and the old nonce is still valid for the next token request.
        org.clock.advance(by: 86_400)
        #expect(try await okta.user.listUsers().collect().count == 1)
        #expect(statuses().last == 200)
        let before = statuses().count
        org.clock.advance(by: 4 * 86_400)
        #expect(try await okta.user.listUsers().collect().count == 1)
        #expect(statuses().dropFirst(before).contains(400))
        #expect(statuses().last == 200)
        await org.stop()
    }

    @Test("Token errors: the SDK fails with the org's reason for a wrong key id or scope")
    func failsClearly() async throws {
        let org = try await LocalOrg.start()
        let app = try app(org, scopes: ["okta.users.read"])
        let other = try OAuthPrivateKey(P256.Signing.PrivateKey().pemRepresentation, keyID: "another")
        let stranger = try client(org, (app.id, other), scopes: ["okta.users.read"])
        let error = await #expect(throws: OktaError.self) { try await stranger.user.listUsers().collect() }
        #expect("\(String(describing: error))".contains("The client_assertion JWT kid is invalid."))
        let greedy = try client(org, app, scopes: ["okta.apps.read"])
        let refused = await #expect(throws: OktaError.self) { try await greedy.user.listUsers().collect() }
        #expect("\(String(describing: refused))".contains("You are not allowed any of the requested scopes."))
        await org.stop()
    }

    @Test("SDK: the OAuth calls for device, code and refresh issue and revoke a user's tokens")
    func signsUserIn() async throws {
        let org = try await LocalOrg.start()
        let device = "urn:ietf:params:oauth:grant-type:device_code"
        let scopes = ["okta.myAccount.profile.read"]
        let (id, key) = try app(
            org, grants: ["authorization_code", "refresh_token", JSON(device)], scopes: scopes)
        let caller = TestOrg(engine: org.engine, clock: org.clock)
        let user = caller.user("ada", password: "Password-1234").id
        caller("POST", "/api/v1/apps/\(id)/users", ["id": JSON(user), "scope": "USER"])
        let credentials = try ClientAuthentication.privateKeyJWT(clientID: id, privateKey: key)
        let server = org.client.orgAuthorizationServer

        let begin = try await server.authorizeDevice(
            DeviceAuthorizeRequest(scope: "openid okta.myAccount.profile.read"), client: credentials)
        let code = try #require(begin.deviceCode)
        let request = OrgTokenRequest(json: ["grant_type": JSON(device), "device_code": JSON(code)])
        await #expect(throws: OktaError.self) { try await server.requestToken(request, client: credentials) }
        #expect(
            caller("POST", "/_local/devices/\(begin.userCode ?? "")/approve", ["login": "ada@example.com"]).status
                == 204)
        let tokens = try await server.requestToken(request, client: credentials)
        let access = try #require(tokens.json.text("access_token"))

        // The token belongs to the user, so it reads the user's own account.
        let own = try OktaClient(configuration: OktaConfiguration(orgURL: org.url, authorization: .bearer(access)))
        #expect(try await own.orgAuthorizationServer.getUserInfo().sub == user)
        _ = try await own.request(.get, "/idp/myaccount/profile")
        await #expect(throws: OktaError.self) { try await own.user.listUsers().collect() }

        // The authorization code flow with PKCE, without a browser.
        let query = [
            "client_id": id, "redirect_uri": TestClient.redirect, "response_type": "code", "state": "s",
            "scope": "openid offline_access", "login_hint": "ada@example.com", "code_challenge_method": "S256",
            "code_challenge": Digests.sha256(TestClient.verifier),
        ].map { "\($0)=\(PercentText.encoded($1))" }.joined(separator: "&")
        let redirect = caller("GET", "/oauth2/v1/authorize?\(query)").raw.header("location") ?? ""
        let found = try #require(RequestTarget("/" + redirect.drop { $0 != "?" })["code"])
        let first = try await server.requestToken(
            TokenRequestAuthorizationCode(
                code: found, codeVerifier: TestClient.verifier, redirectUri: TestClient.redirect), client: credentials)
        let refresh = try #require(first.json.text("refresh_token"))
        let second = try await server.requestToken(TokenRequestRefreshToken(refreshToken: refresh), client: credentials)
        let text = try #require(second.json.text("access_token"))
        let active = try await server.introspectToken(IntrospectionRequest(token: text), client: credentials)
        #expect(active.json["active"]?.bool == true)
        try await server.revokeToken(OrgRevocationRequest(token: refresh), client: credentials)
        let ended = try await server.introspectToken(IntrospectionRequest(token: text), client: credentials)
        #expect(ended.json["active"]?.bool == false)
        await org.stop()
    }
}

extension TestOrg {
    /// Creates shorthands for an org that is already running.
    init(engine: OrgEngine, clock: OrgClock) {
        self.engine = engine
        self.clock = clock
    }
}
#endif
