#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: registered clients")
struct ClientRegistrationTests {
    private let org = TestOrg()
    private let path = "/oauth2/v1/clients"

    private func register(_ more: JSON = [:]) -> TestOrg.Response {
        var body: JSON = [
            "client_name": "Shop", "redirect_uris": [JSON(TestClient.redirect)],
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
            "token_endpoint_auth_method": "client_secret_post",
        ]
        body.merge(more)
        return org("POST", path, body)
    }

    private func client(_ response: TestOrg.Response) throws -> TestClient {
        TestClient(
            org, id: try #require(response.json.text("client_id")), secret: response.json.text("client_secret"))
    }

    private func tokens(_ client: TestClient) throws -> TestOrg.Response {
        let code = try #require(client.authorize(["scope": "openid offline_access"]).parameters["code"])
        return try client.post(
            "/oauth2/v1/token",
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", TestClient.redirect),
                ("code_verifier", TestClient.verifier),
            ])
    }

    @Test("Clients: a registered client is an app, and only the response shows its secret")
    func registers() throws {
        let made = register()
        #expect(made.status == 201 && made.json["client_secret_expires_at"]?.int == 0)
        let id = try #require(made.json.text("client_id"))
        let app = org("GET", "/api/v1/apps/\(id)").json
        #expect(app.text("label") == "Shop" && app.text("signOnMode") == "OPENID_CONNECT")
        // Registered clients are not trusted; created apps are.
        #expect(app.text("settings.oauthClient.consent_method") == "REQUIRED")
        let read = org("GET", "\(path)/\(id)")
        #expect(read.json["client_secret"] == nil && read.json.text("application_type") == "web")
        #expect(org("GET", path).json.elements?.contains(read.json) == true)
    }

    @Test("Clients: a registered client signs users in until it is deleted")
    func signsIn() throws {
        let made = register()
        let client = try client(made)
        let user = org.user("ada", password: "Password-1234").id
        #expect(client.authorize().parameters["error"] == "access_denied")
        org("POST", "/api/v1/apps/\(client.id)/users", ["id": JSON(user)])
        let granted = try tokens(client)
        #expect(granted.status == 200)
        #expect(org("GET", "/api/v1/users/\(user)/clients/\(client.id)/tokens").json.count == 1)
        #expect(org("DELETE", "\(path)/\(client.id)").status == 204)
        #expect(org("GET", "/api/v1/apps/\(client.id)").status == 404)
        #expect(org("GET", "\(path)/\(client.id)").status == 404)
        let late = try client.post(
            "/oauth2/v1/token",
            [("grant_type", "refresh_token"), ("refresh_token", granted.json.text("refresh_token") ?? "")])
        #expect(late.status == 401 && late.json.text("error") == "invalid_client")
    }

    @Test("Clients: a replacement sets the given members, keeps the secret, and resets the others")
    func replaces() throws {
        let made = register(["client_uri": "https://shop.example.com"])
        let id = try #require(made.json.text("client_id"))
        let now = org("PUT", "\(path)/\(id)", ["client_name": "Store", "redirect_uris": ["https://store.example.com"]])
        #expect(now.status == 200 && now.json.text("client_name") == "Store")
        #expect(now.json["client_uri"]?.kind == .null && now.json["client_secret"] == made.json["client_secret"])
        #expect(org("GET", "/api/v1/apps/\(id)").json.text("label") == "Store")
        var stamped: JSON = ["client_name": "S", "redirect_uris": ["https://a.example.com"]]
        stamped["client_id_issued_at"] = 1
        #expect(org("PUT", "\(path)/\(id)", stamped).status == 400)
        #expect(org("PUT", "\(path)/none", ["client_name": "S"]).status == 404)
    }

    @Test("Clients: a new secret replaces the others")
    func renewsSecret() throws {
        let made = register(["grant_types": ["authorization_code", "client_credentials"]])
        let id = try #require(made.json.text("client_id"))
        let renewed = org("POST", "\(path)/\(id)/lifecycle/newSecret")
        #expect(renewed.json["client_secret"]?.string != made.json["client_secret"]?.string)
        let secrets = org("GET", "/api/v1/apps/\(id)/credentials/secrets").json
        #expect(secrets.count == 1 && secrets[0]?["client_secret"] == renewed.json["client_secret"])
        let form = [("token", "x")]
        #expect(try client(made).post("/oauth2/v1/revoke", form).status == 401)
        #expect(try client(renewed).post("/oauth2/v1/revoke", form).status == 200)
        let keyed = register(["token_endpoint_auth_method": "none"])
        let other = keyed.json.text("client_id") ?? ""
        #expect(org("POST", "\(path)/\(other)/lifecycle/newSecret").status == 400)
    }

    @Test("Clients: a service signs in with its key")
    func registersService() throws {
        var client = TestClient(org, id: "", secret: nil)
        var jwk = TestClient.jwk(client.key)
        jwk["kid"] = JSON(client.keyID)
        let made = org(
            "POST", path,
            [
                "client_name": "Service", "application_type": "service",
                "token_endpoint_auth_method": "private_key_jwt",
                "jwks": ["keys": [jwk]],
            ])
        #expect(made.status == 201 && made.json["client_secret"] == nil)
        #expect(made.json["grant_types"] == ["client_credentials"])
        #expect(made.json[path: "jwks.keys"]?[0]?.text("kid") == client.keyID)
        client = TestClient(org, id: made.json.text("client_id") ?? "", secret: nil, key: client.key)
        org(
            "POST", "/api/v1/apps/\(client.id)/grants",
            ["scopeId": "okta.users.read", "issuer": "https://test.okta.com"])
        #expect(try client.token(scope: "okta.users.read").status == 200)
    }

    @Test("Clients: errors name the invalid member")
    func refuses() {
        let cases: [(JSON, String)] = [
            (["client_name": ""], "client_name"), (["redirect_uris": []], "redirect_uris"),
            (["redirect_uris": ["/relative"]], "redirect_uris"),
            (["redirect_uris": ["https://a.example.com#part"]], "redirect_uris"),
            (["grant_types": ["implicit"]], "grant_types"), (["application_type": "toaster"], "application_type"),
        ]
        for (change, field) in cases {
            let response = register(change)
            #expect(
                response.status == 400 && response.json.text("errorSummary")?.hasSuffix(": \(field)") == true,
                "\(field)")
        }
    }

    @Test(
        "Tokens: end when their user is deleted or deactivated, or when they are revoked",
        arguments: ["deactivate", "delete", "sessions"])
    func endsTokens(_ how: String) throws {
        let client = try client(register())
        let user = org.user("ada", password: "Password-1234").id
        org("POST", "/api/v1/apps/\(client.id)/users", ["id": JSON(user)])
        let granted = try tokens(client).json
        let list = "/api/v1/apps/\(client.id)/tokens"
        #expect(org("GET", list).json.count == 1)
        switch how {
        case "deactivate": org("POST", "/api/v1/users/\(user)/lifecycle/deactivate")
        case "delete":
            org("DELETE", "/api/v1/users/\(user)")
            org("DELETE", "/api/v1/users/\(user)")
        default: org("DELETE", "/api/v1/users/\(user)/sessions?oauthTokens=true")
        }
        #expect(org("GET", list).json.count == 0)
        let used = client.call("GET", "/oauth2/v1/userinfo", token: granted.text("access_token") ?? "")
        #expect(used.status == 401)
        let again = try client.post(
            "/oauth2/v1/token",
            [("grant_type", "refresh_token"), ("refresh_token", granted.text("refresh_token") ?? "")])
        #expect(again.json.text("error") == "invalid_grant")
    }

    @Test("Consents: are listed as grants, and requested again after a revocation")
    func listsConsents() throws {
        let client = try client(register())
        let user = org.user("ada", password: "Password-1234").id
        org("POST", "/api/v1/apps/\(client.id)/users", ["id": JSON(user)])
        let scope = org(
            "POST", "/api/v1/authorizationServers/default/scopes", ["name": "orders", "consent": "REQUIRED"])
        let quiet = { client.authorize(["scope": "openid orders", "prompt": "none"], base: "/oauth2/default") }
        #expect(quiet().parameters["error"] == "consent_required")
        #expect(client.authorize(["scope": "openid orders"], base: "/oauth2/default").parameters["code"] != nil)
        let grants = org("GET", "/api/v1/users/\(user)/grants").json
        #expect(grants.count == 1 && grants[0]?.text("scopeId") == scope.id)
        #expect(grants[0]?.text("clientId") == client.id && grants[0]?.text("source") == "END_USER")
        #expect(quiet().parameters["code"] != nil)
        #expect(org("DELETE", "/api/v1/users/\(user)/clients/\(client.id)/grants").status == 204)
        #expect(quiet().parameters["error"] == "consent_required")
    }
}
#endif
