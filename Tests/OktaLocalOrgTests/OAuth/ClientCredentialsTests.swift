#if LocalOrg
import Crypto
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: tokens of apps")
struct ClientCredentialsTests {
    private func refusal(_ response: TestOrg.Response) -> String {
        "\(response.status) \(response.json.text("error") ?? "-")"
    }

    @Test("Tokens: have Okta's claims and whole seconds, and the published key verifies them")
    func issues() throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"])
        let response = try client.token(scope: "okta.users.read")
        #expect(response.status == 200)
        #expect(response.json.text("token_type") == "Bearer")
        #expect(response.json["expires_in"]?.int == 3600)
        #expect(response.json.text("scope") == "okta.users.read")
        #expect(response.raw.header("cache-control")?.contains("no-store") == true)
        let text = try #require(response.json.text("access_token"))
        let token = try #require(CompactToken(text))
        let now = org.clock.now.seconds
        #expect(token.claims["iat"]?.int == now)
        #expect(token.claims["exp"]?.int == now + 3600)
        #expect(token.claims.text("cid") == client.id)
        #expect(token.claims.text("sub") == client.id)
        #expect(token.claims.text("iss") == "https://test.okta.com")
        #expect(token.claims["scp"]?[0]?.string == "okta.users.read")
        #expect(token.claims["uid"] == nil)
        let keys = org("GET", "/oauth2/v1/keys").json["keys"]?.elements ?? []
        let jwk = try #require(keys.first { $0.text("kid") == token.header.text("kid") })
        #expect(VerificationKey(jwk)?.verifies(token) == true)
    }

    @Test(
        "Assertions: key, signature, time, audience and id are validated",
        arguments: [
            ("kid", "The client_assertion JWT kid is invalid."),
            ("signature", "The client_assertion signature is invalid."),
            ("expired", "The client_assertion token is expired."),
            ("far", "The client_assertion token has an expiration too far into the future."),
            ("audience", "The audience claim for client_assertion must be the endpoint invoked for the request."),
            ("subject", "The issuer and the subject of the client_assertion must be the client_id."),
            ("nonsense", "The parsing of the client_assertion failed."),
        ])
    func checksAssertion(_ mistake: String, _ description: String) throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"])
        let now = org.clock.now.seconds
        let assertion =
            switch mistake {
            case "kid": try client.assertion(kid: "key-2")
            case "signature": try client.assertion(by: P256.Signing.PrivateKey())
            case "expired": try client.assertion(claims: ["exp": JSON(now)])
            case "far": try client.assertion(claims: ["exp": JSON(now + 3601)])
            case "audience": try client.assertion("/oauth2/v1/introspect")
            case "subject": try client.assertion(claims: ["sub": "someone"])
            default: "a.b.c"
            }
        let response = try client.post(
            "/oauth2/v1/token",
            [
                ("grant_type", "client_credentials"), ("scope", "okta.users.read"),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", assertion),
            ], authenticates: false)
        #expect(refusal(response) == "401 invalid_client")
        #expect(response.json.text("error_description") == description)
    }

    @Test("Assertions: an id is valid once, and a missing kid means the only key")
    func spendsID() throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"])
        let form = [
            ("grant_type", "client_credentials"), ("scope", "okta.users.read"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", try client.assertion(kid: nil)),
        ]
        #expect(try client.post("/oauth2/v1/token", form, authenticates: false).status == 200)
        let second = try client.post("/oauth2/v1/token", form, authenticates: false)
        #expect(refusal(second) == "401 invalid_client")
        #expect(second.json.text("error_description") == "The client_assertion token has already been used.")
    }

    @Test("Client authentication: missing, duplicate, wrong and unsuitable credentials are rejected")
    func checksClient() throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"])
        let form = [("grant_type", "client_credentials"), ("scope", "okta.users.read")]
        let path = "/oauth2/v1/token"
        #expect(refusal(try client.post(path, form, authenticates: false)) == "401 invalid_client")
        #expect(
            refusal(try client.post(path, form + [("client_secret", "x"), ("client_id", client.id)]))
                == "400 invalid_request")
        #expect(
            refusal(try client.post(path, form + [("client_id", "0oanobody")], authenticates: false))
                == "401 invalid_client")
        // The org authorization server accepts only signed assertions for Okta's API.
        let secret = TestClient(org, method: "client_secret_post", granted: ["okta.users.read"])
        let response = try secret.token(scope: "okta.users.read")
        #expect(refusal(response) == "401 invalid_client")
        #expect(response.json.text("error_description")?.contains("must use the private_key_jwt") == true)
        // An app that is turned off is not a client.
        org("POST", "/api/v1/apps/\(client.id)/lifecycle/deactivate")
        #expect(refusal(try client.token(scope: "okta.users.read")) == "401 invalid_client")
    }

    @Test("Scopes: those without a grant are omitted; unknown, custom and missing ones are rejected")
    func grantsScopes() throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"])
        #expect(
            try client.token(scope: "okta.users.read okta.apps.read").json.text("scope") == "okta.users.read")
        #expect(refusal(try client.token(scope: "okta.apps.read")) == "400 consent_required")
        #expect(refusal(try client.token(scope: "okta.nothing.read")) == "400 invalid_scope")
        #expect(refusal(try client.token(scope: "orders.read")) == "400 invalid_scope")
        #expect(refusal(try client.token(scope: "openid")) == "400 invalid_scope")
        #expect(refusal(try client.token(scope: "")) == "400 invalid_scope")
        #expect(
            refusal(try client.post("/oauth2/v1/token", [("grant_type", "password")])) == "400 unauthorized_client")
        #expect(
            refusal(try client.post("/oauth2/v1/token", [("grant_type", "magic")])) == "400 unsupported_grant_type")
    }

    @Test("API: a token permits its scopes until it expires, is revoked, or its app is deactivated")
    func limitsCalls() throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read", "okta.groups.manage"])
        let token = try #require(
            try client.token(scope: "okta.users.read okta.groups.manage").json.text("access_token"))
        #expect(client.call("GET", "/api/v1/users", token: token).status == 200)
        // A manage scope permits reads.
        #expect(client.call("GET", "/api/v1/groups", token: token).status == 200)
        let refused = client.call("POST", "/api/v1/users/me/lifecycle/suspend", token: token)
        #expect(refused.status == 403)
        #expect(refused.errorCode == "E0000006")
        let challenge = refused.raw.header("www-authenticate") ?? ""
        #expect(challenge.hasPrefix("Bearer authorization_uri=\"http://test.okta.com/oauth2/v1/authorize\""))
        #expect(challenge.contains("scope=\"okta.users.manage\", error=\"insufficient_scope\""))
        // A change in the text of the signature makes it invalid.
        let tampered = String(token.dropLast(8)) + (token.hasSuffix("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA")
        #expect(client.call("GET", "/api/v1/users", token: tampered).errorCode == "E0000011")
        #expect(try client.post("/oauth2/v1/revoke", [("token", token)]).status == 200)
        let revoked = client.call("GET", "/api/v1/users", token: token)
        #expect(revoked.status == 401)
        #expect(revoked.errorCode == "E0000011")
        let next = try #require(try client.token(scope: "okta.users.read").json.text("access_token"))
        #expect(client.call("GET", "/api/v1/users", token: next).status == 200)
        org.clock.advance(by: 3600)
        #expect(client.call("GET", "/api/v1/users", token: next).status == 401)
        let last = try #require(try client.token(scope: "okta.users.read").json.text("access_token"))
        org("POST", "/api/v1/apps/\(client.id)/lifecycle/deactivate")
        #expect(client.call("GET", "/api/v1/users", token: last).status == 401)
    }

    @Test("Introspection: a token of the server is active with its claims, and any other is only inactive")
    func introspects() throws {
        let org = TestOrg()
        let client = TestClient(org, granted: ["okta.users.read"])
        let token = try #require(try client.token(scope: "okta.users.read").json.text("access_token"))
        let active = try client.post("/oauth2/v1/introspect", [("token", token)]).json
        #expect(active["active"]?.bool == true)
        #expect(active.text("client_id") == client.id)
        #expect(active.text("scope") == "okta.users.read")
        #expect(active["exp"]?.int == org.clock.now.seconds + 3600)
        for other in ["nonsense", token + "x"] {
            let response = try client.post("/oauth2/v1/introspect", [("token", other)])
            #expect(response.raw.body == Array(#"{"active":false}"#.utf8))
        }
        #expect(refusal(try client.post("/oauth2/v1/introspect", [])) == "400 invalid_request")
        // A server knows only its own tokens.
        let elsewhere = try client.post("/oauth2/default/v1/introspect", [("token", token)])
        #expect(elsewhere.json["active"]?.bool == false)
    }

    @Test(
        "Tokens: the scheme is case-insensitive, with or without a space",
        arguments: ["Bearer ", "bearer ", "Bearer"])
    func readsScheme(_ scheme: String) throws {
        let org = TestOrg()
        let token = try #require(
            TestClient(org, granted: ["okta.users.read"]).token(scope: "okta.users.read").json.text("access_token"))
        let list = { (header: String) in
            org.engine.handle(LocalRequest("GET", "/api/v1/users", headers: [("authorization", header)])).status
        }
        #expect(list(scheme + token) == 200)
        #expect(list(scheme + "x" + token) == 401)
        #expect(list("DPoP" + token) == 401)
    }

    @Test("API tokens: act for their user, and end with the user or when revoked")
    func readsAPITokens() throws {
        let org = TestOrg { $0.tokens = ["00admin"] }
        let admin = [(name: "authorization", value: "SSWS 00admin")]
        let send = { (method: String, target: String, header: String) in
            org.engine.handle(LocalRequest(method, target, headers: [("authorization", header)]))
        }
        let adminID = try JSON(parsing: send("GET", "/api/v1/users/me", admin[0].value).body).text("id")
        org.engine.adopt(
            ["id": "00u1", "status": "ACTIVE", "profile": ["login": "bot@example.com", "email": "bot@example.com"]],
            below: "/api/v1/users")
        org.engine.adopt(
            ["id": "00T1", "name": "Bot", "userId": "00u1", "token": "00bot"], below: "/api/v1/api-tokens")
        let own = send("GET", "/api/v1/users/me", "SSWS 00bot")
        #expect(try JSON(parsing: own.body).text("id") == "00u1")
        #expect(adminID != "00u1")
        let shown = send("GET", "/api/v1/api-tokens/00T1", admin[0].value)
        #expect(shown.status == 200)
        #expect(try JSON(parsing: shown.body)["token"] == nil)
        #expect(send("POST", "/api/v1/users/00u1/lifecycle/deactivate", admin[0].value).status < 300)
        #expect(send("GET", "/api/v1/users/me", "SSWS 00bot").status == 401)
        #expect(send("DELETE", "/api/v1/api-tokens/00T1", admin[0].value).status == 204)
        #expect(send("GET", "/api/v1/groups", "SSWS 00bot").status == 401)
    }

    @Test("Open orgs: without required tokens, the token endpoint needs no credentials")
    func issuesToAnyone() throws {
        let org = TestOrg { $0.requiresToken = false }
        let client = TestClient(org)
        let response = try client.post("/oauth2/v1/token", [("scope", "okta.users.read")], authenticates: false)
        #expect(response.status == 200)
        #expect(response.json["expires_in"]?.int == 3600)
        #expect(response.json.text("scope") == "okta.users.read")
        #expect(org.engine.handle(LocalRequest("GET", "/api/v1/users")).status == 200)
        // If a request authenticates anyway, the credentials are checked.
        #expect(try client.token(scope: "okta.users.read").json.text("error") == "consent_required")
    }
}
#endif
