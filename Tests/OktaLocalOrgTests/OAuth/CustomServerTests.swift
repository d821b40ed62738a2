#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: custom authorization servers")
struct CustomServerTests {
    private let org = TestOrg()

    private func server() -> String {
        let server = org(
            "POST", "/api/v1/authorizationServers", ["name": "Orders", "audiences": ["api://orders"]])
        org(
            "POST", "/api/v1/authorizationServers/\(server.id)/scopes",
            ["name": "orders.read", "description": "Reads orders"])
        return server.id
    }

    private func policy(_ server: String, clients: JSON, scopes: JSON, minutes: Int = 5) {
        let path = "/api/v1/authorizationServers/\(server)/policies"
        let policy = org(
            "POST", path,
            [
                "type": "OAUTH_AUTHORIZATION_POLICY", "name": JSON(clients.text + scopes.text), "description": "P",
                "priority": 1,
                "conditions": ["clients": ["include": clients]],
            ])
        org(
            "POST", "\(path)/\(policy.id)/rules",
            [
                "type": "RESOURCE_ACCESS", "name": "R", "priority": 1,
                "conditions": [
                    "grantTypes": ["include": ["client_credentials"]], "scopes": ["include": scopes],
                    "people": ["groups": ["include": ["EVERYONE"]]],
                ],
                "actions": ["token": ["accessTokenLifetimeMinutes": JSON(minutes)]],
            ])
    }

    private func token(_ client: TestClient, _ server: String, _ scope: String) throws -> TestOrg.Response {
        try client.post(
            "/oauth2/\(server)/v1/token", [("grant_type", "client_credentials"), ("scope", scope)])
    }

    @Test("Access policies: clients and scopes without a policy are rejected, and the rule sets the lifetime")
    func asksPolicies() throws {
        let client = TestClient(org, method: "client_secret_post")
        let server = server()
        let denied = try token(client, server, "orders.read")
        #expect(denied.status == 400)
        #expect(denied.json.text("error") == "access_denied")
        #expect(denied.json.text("error_description")?.hasPrefix("Policy evaluation failed") == true)
        policy(server, clients: [JSON(org.app())], scopes: ["*"])
        #expect(try token(client, server, "orders.read").json.text("error") == "access_denied")
        policy(server, clients: [JSON(client.id)], scopes: ["orders.write"])
        #expect(try token(client, server, "orders.read").json.text("error") == "access_denied")
        policy(server, clients: ["ALL_CLIENTS"], scopes: ["orders.read"])
        let response = try token(client, server, "orders.read")
        #expect(response.status == 200)
        #expect(response.json["expires_in"]?.int == 300)
        let claims = try #require(response.json.text("access_token").flatMap { CompactToken($0) }).claims
        #expect(claims.text("aud") == "api://orders")
        #expect(claims.text("iss") == "https://test.okta.com/oauth2/\(server)")
        #expect(claims.text("sub") == client.id)
        #expect(try token(client, server, "orders.write").json.text("error") == "invalid_scope")
        // The API accepts only tokens of the org authorization server.
        let text = response.json.text("access_token") ?? ""
        #expect(client.call("GET", "/api/v1/users", token: text).status == 401)
    }

    @Test("Server default: is named `default`, and its policy admits every app")
    func servesDefault() throws {
        let client = TestClient(org, method: "client_secret_basic")
        let list = org("GET", "/api/v1/authorizationServers").json
        let id = try #require(list[0]?.text("id"))
        org("POST", "/api/v1/authorizationServers/default/scopes", ["name": "things"])
        for name in ["default", id] {
            let response = try token(client, name, "things")
            #expect(response.status == 200)
            let claims = try #require(response.json.text("access_token").flatMap { CompactToken($0) }).claims
            #expect(claims.text("iss") == "https://test.okta.com/oauth2/default")
        }
        let metadata = org("GET", "/oauth2/default/.well-known/oauth-authorization-server").json
        #expect(metadata.text("issuer") == "https://test.okta.com/oauth2/default")
        #expect(metadata.text("token_endpoint") == "https://test.okta.com/oauth2/default/v1/token")
        #expect(org("GET", "/oauth2/nothing/.well-known/openid-configuration").status == 404)
    }

    @Test("Claims: expressions, groups and conditions by scope are evaluated for the user")
    func computesClaims() throws {
        let user = org.user("ada", password: "Password-1234", more: ["department": "Orders"]).id
        let group = org.group("Orders Team").id
        org("PUT", "/api/v1/groups/\(group)/users/\(user)")
        let path = "/api/v1/authorizationServers/default/claims"
        for (name, type, value, scopes) in [
            ("dept", "EXPRESSION", "String.toUpperCase(user.department)", []), ("teams", "GROUPS", "Orders", []),
            ("login", "EXPRESSION", "appuser.userName", []), ("client", "EXPRESSION", "app.clientId", []),
            ("none", "EXPRESSION", "user.nothing", []), ("mail", "EXPRESSION", "user.email", ["email"]),
        ] as [(String, String, String, [String])] {
            org(
                "POST", path,
                [
                    "name": JSON(name), "claimType": "RESOURCE", "valueType": JSON(type), "value": JSON(value),
                    "group_filter_type": "STARTS_WITH", "conditions": ["scopes": JSON(scopes.map { JSON($0) })],
                ])
        }
        let client = TestClient(
            org, method: "client_secret_post", grants: ["authorization_code"], responses: ["code"], assigned: [user])
        let code = try #require(
            client.authorize(["scope": "openid profile"], base: "/oauth2/default").parameters["code"])
        let tokens = try client.post(
            "/oauth2/default/v1/token",
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", TestClient.redirect),
                ("code_verifier", TestClient.verifier),
            ])
        let claims = try #require(tokens.json.text("access_token").flatMap { CompactToken($0) }).claims
        #expect(claims.text("dept") == "ORDERS")
        #expect(claims["teams"] == ["Orders Team"])
        #expect(claims.text("login") == "ada@example.com")
        #expect(claims.text("client") == client.id)
        #expect(claims["none"] == nil)
        #expect(claims["mail"] == nil)
        #expect(claims.text("sub") == "ada@example.com")
    }

    @Test("Server keys: a rotation publishes the new and the previous key, on request and every 90 days")
    func rotatesKeys() throws {
        let client = TestClient(org, method: "client_secret_post")
        org("POST", "/api/v1/authorizationServers/default/scopes", ["name": "things"])
        let old = try #require(try token(client, "default", "things").json.text("access_token"))
        let keys = { org("GET", "/oauth2/default/v1/keys").json["keys"]?.elements ?? [] }
        #expect(keys().count == 1)
        let rotated = org(
            "POST", "/api/v1/authorizationServers/default/credentials/lifecycle/keyRotate", ["use": "sig"])
        #expect(rotated.json.elements?.map { $0.text("status") } == ["ACTIVE", "EXPIRED"])
        let published = keys()
        #expect(published.count == 2)
        #expect(Set(published.compactMap { $0.text("n") }).count == 2)
        let token = try #require(CompactToken(old))
        let jwk = try #require(published.first { $0.text("kid") == token.header.text("kid") })
        #expect(VerificationKey(jwk)?.verifies(token) == true)
        #expect(try client.post("/oauth2/default/v1/introspect", [("token", old)]).json["active"]?.bool == true)
        let before = rotated.json[0]?.text("kid")
        org.clock.advance(by: 90 * 86_400)
        #expect(keys().contains { $0.text("kid") == before })
        #expect(
            org("GET", "/api/v1/authorizationServers/default/credentials/keys").json[0]?.text("kid") != before)
    }

    // Okta documents the field for both endpoints; a verifier may store the keys for that long.
    @Test("Server keys: the keys may be stored until the next rotation")
    func statesAge() {
        let age = { (path: String) in org("GET", path).raw.header("cache-control") }
        #expect(age("/oauth2/v1/keys") == "max-age=7776000, must-revalidate")
        #expect(age("/oauth2/default/v1/keys") == "max-age=7776000, must-revalidate")
        org.clock.advance(by: 86_400)
        #expect(age("/oauth2/default/v1/keys") == "max-age=7689600, must-revalidate")
    }

    @Test("Consent: a scope with consent is rejected without a prompt until the user has consented once")
    func asksConsent() {
        let user = org.user("ada", password: "Password-1234").id
        org(
            "POST", "/api/v1/authorizationServers/default/scopes", ["name": "orders.read", "consent": "REQUIRED"])
        let client = TestClient(
            org, method: "client_secret_post", grants: ["authorization_code"], responses: ["code"], assigned: [user],
            more: ["consent_method": "REQUIRED"])
        let authorize = { (prompt: String?) in
            client.authorize(["scope": "openid orders.read", "prompt": prompt], base: "/oauth2/default").parameters
        }
        #expect(authorize("none")["error"] == "consent_required")
        #expect(authorize(nil)["code"] != nil)
        #expect(authorize("none")["code"] != nil)
    }

    @Test("Client secrets: are accepted in the header and in the body; wrong and inactive ones are rejected")
    func takesSecrets() throws {
        let client = TestClient(org, method: "client_secret_basic")
        org("POST", "/api/v1/authorizationServers/default/scopes", ["name": "things"])
        let post = { (secret: String) in
            try client.post(
                "/oauth2/default/v1/token", [("grant_type", "client_credentials"), ("scope", "things")],
                authenticates: false,
                headers: [("authorization", "Basic " + Base64.encode(Array("\(client.id):\(secret)".utf8)))])
        }
        let secret = try #require(client.secret)
        #expect(try post(secret).status == 200)
        #expect(try post("wrong").status == 401)
        #expect(try token(client, "default", "things").status == 200)
        let path = "/api/v1/apps/\(client.id)/credentials/secrets"
        let first = org("GET", path).json[0]?.text("id") ?? ""
        let second = org("POST", path, [:])
        org("POST", "\(path)/\(first)/lifecycle/deactivate")
        #expect(try post(secret).status == 401)
        #expect(try post(second.json.text("client_secret") ?? "").status == 200)
    }

    @Test(
        "Lifetimes: those of a seed are limited to the range of rules",
        arguments: [(Int.max, 86_400), (Int.min, 300)])
    func cutsLifetimes(_ minutes: Int, _ seconds: Int) throws {
        let client = TestClient(org, method: "client_secret_post")
        let server = server()
        policy(server, clients: ["ALL_CLIENTS"], scopes: ["*"])
        let path = "/api/v1/authorizationServers/\(server)/policies"
        let policy = try #require(org("GET", path).json[0]?.text("id"))
        var rule = try #require(org("GET", "\(path)/\(policy)/rules").json[0])
        rule[path: "actions.token.accessTokenLifetimeMinutes"] = JSON(minutes)
        org.engine.adopt(rule, below: "\(path)/\(policy)/rules")
        #expect(try token(client, server, "orders.read").json["expires_in"]?.int == seconds)
    }
}
#endif
