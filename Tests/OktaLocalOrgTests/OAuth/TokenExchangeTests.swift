#if LocalOrg
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: tokens for tokens, and for keys that clients publish")
struct TokenExchangeTests {
    private let org = TestOrg()
    private let user: String
    private let server = "/oauth2/default"

    init() {
        user = org.user("ada", password: "Password-1234").id
        org.allow([TokenExchange.name], at: "default")
        org("POST", "/api/v1/authorizationServers/default/scopes", ["name": "orders"])
    }

    private func app(_ grants: [String], _ more: JSON = [:], assigned: Bool = true) -> TestClient {
        TestClient(
            org, method: "client_secret_post", grants: grants, responses: ["code", "token", "id_token"],
            assigned: assigned ? [user] : [], more: more)
    }

    private func tokens(_ client: TestClient, _ scope: String, base: String = "/oauth2/default") throws -> JSON {
        let code = try #require(client.authorize(["scope": scope], base: base).parameters["code"])
        return try client.post(
            "\(base)/v1/token",
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", TestClient.redirect),
                ("code_verifier", TestClient.verifier),
            ]
        ).json
    }

    private func exchange(
        _ client: TestClient, _ subject: String, _ changes: [String: String] = [:]
    ) throws -> TestOrg.Response {
        var form = [
            "grant_type": TokenExchange.name, "subject_token": subject, "subject_token_type": TokenExchange.accessToken,
            "audience": "api://default", "scope": "orders",
        ]
        form.merge(changes) { _, new in new }
        return try client.post("\(server)/v1/token", form.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) })
    }

    @Test("Token exchange: a service gets a token for the user of its token")
    func exchanges() throws {
        let front = app(["authorization_code"])
        let service = app([TokenExchange.name], ["application_type": "service"], assigned: false)
        let subject = try #require(try tokens(front, "openid profile").text("access_token"))
        let response = try exchange(service, subject)
        #expect(response.status == 200 && response.json.text("issued_token_type") == TokenExchange.accessToken)
        let token = try #require(response.json.text("access_token").flatMap { CompactToken($0) })
        #expect(token.claims.text("uid") == user && token.claims.text("cid") == service.id)
        #expect(token.claims["scp"] == ["orders"] && token.claims.text("aud") == "api://default")
        for (change, error) in [
            (["audience": "api://other"], "invalid_target"), (["audience": ""], "invalid_request"),
            (["subject_token": "x.y.z"], "invalid_grant"), (["subject_token_type": "urn:x"], "invalid_request"),
            (["requested_token_type": "urn:x"], "invalid_request"), (["scope": "nothing"], "invalid_scope"),
        ] {
            #expect(try exchange(service, subject, change).json.text("error") == error, "\(change)")
        }
        #expect(try exchange(front, subject).json.text("error") == "unauthorized_client")
        org("POST", "/api/v1/users/\(user)/lifecycle/deactivate")
        #expect(try exchange(service, subject).json.text("error") == "invalid_grant")
    }

    @Test("Token exchange: a token of another server is accepted if the server trusts it")
    func trustsServers() throws {
        let other = org("POST", "/api/v1/authorizationServers", ["name": "Shop", "audiences": ["api://shop"]])
        let path = "/api/v1/authorizationServers/\(other.id)"
        let policy = org(
            "POST", "\(path)/policies",
            [
                "type": "OAUTH_AUTHORIZATION_POLICY", "name": "p", "description": "d", "priority": 1,
                "conditions": ["clients": ["include": ["ALL_CLIENTS"]]],
            ])
        org(
            "POST", "\(path)/policies/\(policy.id)/rules",
            [
                "type": "RESOURCE_ACCESS", "name": "r",
                "conditions": [
                    "people": ["groups": ["include": ["EVERYONE"]]],
                    "grantTypes": ["include": ["authorization_code"]], "scopes": ["include": ["*"]],
                ],
                "actions": ["token": ["accessTokenLifetimeMinutes": 60]],
            ])
        let service = app([TokenExchange.name], ["application_type": "service"], assigned: false)
        let subject = try #require(
            try tokens(app(["authorization_code"]), "openid", base: "/oauth2/\(other.id)").text("access_token"))
        #expect(try exchange(service, subject).json.text("error") == "invalid_grant")
        org("POST", "/api/v1/authorizationServers/default/associatedServers", ["trusted": [JSON(other.id)]])
        #expect(try exchange(service, subject).status == 200)
    }

    @Test("Token exchange: a device secret and an ID token sign the user in to another app")
    func sharesSignIn() throws {
        let first = app(["authorization_code"])
        let signedIn = try tokens(first, "openid device_sso")
        let (identity, secret) = (signedIn.text("id_token") ?? "", signedIn.text("device_secret") ?? "")
        #expect(!secret.isEmpty)
        let second = app([TokenExchange.name])
        let form = [
            "subject_token_type": "urn:ietf:params:oauth:token-type:id_token", "actor_token": secret,
            "actor_token_type": "urn:x-oath:params:oauth:token-type:device-secret", "scope": "openid",
        ]
        let response = try exchange(second, identity, form)
        #expect(response.status == 200)
        let token = try #require(response.json.text("id_token").flatMap { CompactToken($0) })
        #expect(token.claims.text("sub") == user && token.claims.text("aud") == second.id)
        let wrong = try exchange(second, identity, form.merging(["actor_token": "x"]) { _, new in new })
        #expect(wrong.json.text("error") == "invalid_grant")
        let stranger = try exchange(app([TokenExchange.name], assigned: false), identity, form)
        #expect(stranger.json.text("error") == "access_denied")
        org("DELETE", "/api/v1/users/\(user)/sessions?oauthTokens=true")
        #expect(try exchange(second, identity, form).json.text("error") == "invalid_grant")
    }

    @Test("Grants: SAML assertions are rejected as an unsupported grant")
    func refusesAssertions() throws {
        let client = app(["authorization_code"])
        let name = "urn:ietf:params:oauth:grant-type:saml2-bearer"
        let response = try client.post("\(server)/v1/token", [("grant_type", name), ("assertion", "x")])
        #expect(response.status == 400 && response.json.text("error") == "unsupported_grant_type")
    }

    // MARK: Keys that clients publish

    private func signIn(_ client: TestClient, kid: String = "key-1") async throws -> TestOrg.Response {
        let form = [
            ("grant_type", "client_credentials"), ("scope", "okta.users.read"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", try client.assertion(kid: kid)),
        ]
        let body = form.map { "\($0)=\(PercentText.encoded($1))" }.joined(separator: "&")
        let response = await org.engine.respond(
            to: LocalRequest(
                "POST", "/oauth2/v1/token",
                headers: [("host", "test.okta.com"), ("content-type", "application/x-www-form-urlencoded")],
                body: Array(body.utf8)))
        return TestOrg.Response(response)
    }

    private func client(of url: String) -> TestClient {
        let response = org(
            "POST", "/oauth2/v1/clients",
            [
                "client_name": "S", "application_type": "service", "token_endpoint_auth_method": "private_key_jwt",
                "jwks_uri": JSON(url),
            ])
        let client = TestClient(org, id: response.json.text("client_id") ?? "", secret: nil)
        org(
            "POST", "/api/v1/apps/\(client.id)/grants",
            ["scopeId": "okta.users.read", "issuer": "https://test.okta.com"])
        return client
    }

    @Test("Client keys: are fetched once from the client's URL, and again for an unknown key")
    func readsKeys() async throws {
        let key = TestClient(org, id: "", secret: nil).key
        var jwk = TestClient.jwk(key)
        jwk["kid"] = "key-1"
        let document: JSON = ["keys": [jwk]]
        try await LoopbackServer.run({ _ in .json(document.text) }) { server in
            let made = client(of: server.origin + "/keys")
            let client = TestClient(org, id: made.id, secret: nil, key: key)
            for _ in 0..<2 { #expect(try await signIn(client).status == 200) }
            #expect(server.requests.count == 1)
            let unknown = try await signIn(client, kid: "key-2")
            #expect(unknown.status == 401 && server.requests.count == 2)
            org.clock.advance(by: 3_601)
            #expect(try await signIn(client).status == 200)
            #expect(server.requests.count == 3)
            #expect(await org.engine.deliveries().allSatisfy { $0.kind == .clientKeys })
            await org.engine.hooks.stop()
        }
    }

    @Test("Client keys: are not fetched from another machine")
    func staysHere() async throws {
        let client = client(of: "https://keys.example.com/jwks")
        let response = try await signIn(client)
        #expect(response.status == 401 && response.json.text("error") == "invalid_client")
        #expect(await org.engine.deliveries().map(\.outcome) == [.notCalled])
    }
}
#endif
