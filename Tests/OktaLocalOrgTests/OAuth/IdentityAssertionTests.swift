#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: identity assertions, for access to the API of another app")
struct IdentityAssertionTests {
    private let org = TestOrg()
    private let user: String
    private let client: TestClient
    private let audience = "https://test.okta.com/oauth2/default"

    init() {
        user = org.user("ada", password: "Password-1234").id
        org.allow([IdentityAssertion.grant], at: "default")
        for scope in ["orders", "bills"] {
            org("POST", "/api/v1/authorizationServers/default/scopes", ["name": JSON(scope)])
        }
        client = TestClient(
            org, method: "client_secret_post",
            grants: ["authorization_code", TokenExchange.name, IdentityAssertion.grant], responses: ["code"],
            assigned: [user])
    }

    private func tokens(of client: TestClient) throws -> JSON {
        let code = try #require(client.authorize(["scope": "openid email"]).parameters["code"])
        return try client.post(
            "/oauth2/v1/token",
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", TestClient.redirect),
                ("code_verifier", TestClient.verifier),
            ]
        ).json
    }

    private func assertion(_ changes: [String: String] = [:], of other: TestClient? = nil) throws -> TestOrg.Response {
        let client = other ?? client
        var form = [
            "grant_type": TokenExchange.name, "requested_token_type": IdentityAssertion.tokenType,
            "subject_token": try #require(try tokens(of: client).text("id_token")),
            "subject_token_type": TokenExchange.idToken, "audience": audience, "scope": "orders",
        ]
        form.merge(changes) { _, new in new }
        return try client.post("/oauth2/v1/token", form.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) })
    }

    private func access(
        _ assertion: String, _ changes: [String: String] = [:], by other: TestClient? = nil,
        at server: String = "default"
    ) throws -> TestOrg.Response {
        let form = ["grant_type": IdentityAssertion.grant, "assertion": assertion].merging(changes) { _, new in new }
        return try (other ?? client).post("/oauth2/\(server)/v1/token", form.map { ($0.key, $0.value) })
    }

    @Test("Identity assertions: an ID token is exchanged for an assertion, and that for an access token, once")
    func exchanges() throws {
        let response = try assertion()
        #expect(response.status == 200 && response.json.text("token_type") == "N_A")
        #expect(response.json.text("issued_token_type") == IdentityAssertion.tokenType)
        #expect(response.json["expires_in"]?.int == 300 && response.json["refresh_token"] == nil)
        let text = try #require(response.json.text("access_token"))
        let token = try #require(CompactToken(text))
        #expect(token.header.text("typ") == "oauth-id-jag+jwt" && token.audiences == [audience])
        #expect(token.claims.text("sub") == user && token.claims.text("client_id") == client.id)
        #expect(client.call("GET", "/api/v1/users/me", token: text).status == 401)
        let taken = try access(text)
        #expect(taken.status == 200)
        let second = try #require(taken.json.text("access_token").flatMap { CompactToken($0) })
        #expect(second.claims.text("uid") == user && second.claims.text("cid") == client.id)
        #expect(second.claims["scp"] == ["orders"] && second.claims.text("aud") == "api://default")
        #expect(try access(text).json.text("error") == "invalid_grant")
    }

    @Test("Identity assertions: an access token is accepted too, and the second request may omit its scopes")
    func takesAccessTokens() throws {
        let subject = try #require(try tokens(of: client).text("access_token"))
        let response = try assertion([
            "subject_token": subject, "subject_token_type": TokenExchange.accessToken, "scope": "",
        ])
        let text = try #require(response.json.text("access_token"))
        #expect(try access(text, ["scope": "bills"]).json.text("scope") == "bills")
    }

    @Test(
        "Identity assertions: tokens of other clients and unknown servers are rejected",
        arguments: [
            (["audience": ""], "invalid_request"),
            (["audience": "https://test.okta.com/oauth2/none"], "invalid_target"),
            (["audience": "https://other.example.com/oauth2/default"], "invalid_target"),
            (["subject_token": "x.y.z"], "invalid_grant"), (["subject_token": ""], "invalid_request"),
            (["subject_token_type": "urn:x"], "invalid_request"), (["subject_token_type": ""], "invalid_request"),
        ])
    func refusesSubjects(_ changes: [String: String], _ error: String) throws {
        #expect(try assertion(changes).json.text("error") == error)
    }

    @Test("Identity assertions: ID tokens of other apps and of suspended users are rejected")
    func refusesOthers() throws {
        let other = TestClient(
            org, method: "client_secret_post", grants: ["authorization_code", TokenExchange.name], responses: ["code"],
            assigned: [user])
        let theirs = try #require(try tokens(of: other).text("id_token"))
        #expect(try assertion(["subject_token": theirs]).json.text("error") == "invalid_grant")
        let own = try #require(try tokens(of: client).text("id_token"))
        org("POST", "/api/v1/users/\(user)/lifecycle/suspend")
        let late = try client.post(
            "/oauth2/v1/token",
            [
                ("grant_type", TokenExchange.name), ("requested_token_type", IdentityAssertion.tokenType),
                ("subject_token", own), ("subject_token_type", TokenExchange.idToken), ("audience", audience),
            ])
        #expect(late.json.text("error") == "invalid_grant")
    }

    @Test("Identity assertions: a connected app may name a server outside the org")
    func knowsConnections() throws {
        let outside = ["audience": "https://chat.example.com"]
        #expect(try assertion(outside).json.text("error") == "invalid_target")
        let path = "/api/v1/apps/\(client.id)/cwo/connections"
        let connection = org(
            "POST", path, ["requestingAppInstanceId": JSON(client.id), "resourceAppInstanceId": JSON(org.app())])
        let response = try assertion(outside)
        #expect(response.status == 200)
        let text = try #require(response.json.text("access_token"))
        #expect(try access(text).json.text("error") == "invalid_grant")
        org("PATCH", "\(path)/\(connection.id)", ["status": "INACTIVE"])
        #expect(try assertion(outside).json.text("error") == "invalid_target")
    }

    @Test("Identity assertions: are for one client, one server, its scopes and five minutes")
    func isBound() throws {
        let text = try #require(try assertion().json.text("access_token"))
        let other = TestClient(
            org, method: "client_secret_post", grants: ["authorization_code", IdentityAssertion.grant],
            responses: ["code"], assigned: [user])
        #expect(try access(text, by: other).json.text("error") == "invalid_grant")
        let plain = TestClient(org, method: "client_secret_post", grants: ["authorization_code"], responses: ["code"])
        #expect(try access(text, by: plain).json.text("error") == "unauthorized_client")
        let server = org("POST", "/api/v1/authorizationServers", ["name": "Shop", "audiences": ["api://shop"]]).id
        #expect(try access(text, at: server).json.text("error") == "invalid_grant")
        #expect(try access(text, ["scope": "orders bills"]).json.text("error") == "invalid_scope")
        let identity = try #require(try tokens(of: client).text("id_token"))
        #expect(try access(identity).json.text("error") == "invalid_grant")
        let org = try client.post("/oauth2/v1/token", [("grant_type", IdentityAssertion.grant), ("assertion", text)])
        #expect(org.json.text("error") == "unsupported_grant_type")
        self.org.clock.advance(by: 301)
        #expect(try access(text).json.text("error") == "invalid_grant")
    }
}
#endif
