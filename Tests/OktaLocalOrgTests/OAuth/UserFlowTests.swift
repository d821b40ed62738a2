#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: tokens of users")
struct UserFlowTests {
    private let org = TestOrg()
    private let user: String
    private let grants = [
        "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", "password", "implicit",
    ]

    init() {
        user = org.user("ada", password: "Password-1234", query: "?activate=true").id
    }

    private func client(method: String = "client_secret_post", more: JSON = [:]) -> TestClient {
        TestClient(
            org, method: method, grants: grants, responses: ["code", "token", "id_token"], assigned: [user], more: more)
    }

    private func exchange(
        _ client: TestClient, _ code: String, base: String = "/oauth2", changes: [String: String] = [:]
    ) throws -> TestOrg.Response {
        var form = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": TestClient.redirect,
            "code_verifier": TestClient.verifier,
        ]
        form.merge(changes) { _, new in new }
        return try client.post("\(base)/v1/token", form.map { ($0.key, $0.value) })
    }

    @Test(
        "Authorization code: the redirect has code and state, and the code is valid for one exchange with its verifier")
    func exchangesCode() throws {
        let client = client()
        let (response, parameters) = client.authorize(["nonce": "n-1"])
        #expect(response.status == 302)
        #expect(response.raw.header("location")?.hasPrefix(TestClient.redirect + "?") == true)
        #expect(parameters["state"] == "s 1")
        let code = try #require(parameters["code"])
        let wrong = try exchange(client, code, changes: ["code_verifier": "another"])
        #expect(wrong.json.text("error") == "invalid_grant")
        #expect(wrong.json.text("error_description") == "PKCE verification failed.")
        let other = try exchange(client, code, changes: ["redirect_uri": "https://app.example.com"])
        #expect(other.json.text("error") == "invalid_grant")
        let tokens = try exchange(client, code)
        #expect(tokens.status == 200)
        #expect(tokens.json["refresh_token"] == nil)
        let access = try #require(tokens.json.text("access_token").flatMap { CompactToken($0) })
        #expect(access.claims.text("uid") == user)
        #expect(access.claims.text("sub") == "ada@example.com")
        let identity = try #require(tokens.json.text("id_token").flatMap { CompactToken($0) })
        #expect(identity.claims.text("sub") == user)
        #expect(identity.claims.text("aud") == client.id)
        #expect(identity.claims.text("nonce") == "n-1")
        let text = tokens.json.text("access_token") ?? ""
        #expect(identity.claims.text("at_hash") == Digests.leftHalf(text))
        #expect(client.call("GET", "/oauth2/v1/userinfo", token: text).json.text("email") == "ada@example.com")
        // A reused code revokes the tokens that it was exchanged for.
        #expect(try exchange(client, code).json.text("error") == "invalid_grant")
        #expect(client.call("GET", "/oauth2/v1/userinfo", token: text).status == 401)
    }

    @Test("Authorization code: expires after five minutes, and belongs to its client")
    func limitsCode() throws {
        let client = client()
        let code = try #require(client.authorize().parameters["code"])
        let stranger = try exchange(self.client(), code)
        #expect(stranger.json.text("error_description")?.hasPrefix("The grant was issued to another client.") == true)
        org.clock.advance(by: 300)
        #expect(try exchange(client, code).json.text("error") == "invalid_grant")
    }

    @Test("Authorize: errors are redirects, except for an unknown redirect URI")
    func redirectsErrors() {
        let client = client()
        for (changes, error) in [
            (["scope": "orders"], "invalid_scope"), (["response_type": "tokens"], "unsupported_response_type"),
            (["response_mode": "pigeon"], "unsupported_response_mode"), (["login_hint": nil], "login_required"),
            (["login_hint": "nobody@example.com"], "login_required"),
            (["code_challenge_method": "plain"], "invalid_request"),
        ] as [([String: String?], String)] {
            let (response, parameters) = client.authorize(changes)
            #expect(response.status == 302, "\(changes)")
            #expect(parameters["error"] == error, "\(changes)")
            #expect(parameters["state"] == "s 1")
        }
        let stranger = client.authorize(["redirect_uri": "https://evil.example.com"]).response
        #expect(stranger.status == 400)
        #expect(stranger.raw.header("location") == nil)
        // A public client proves only by the verifier that the code is its own.
        let open = self.client(method: "none").authorize(["code_challenge": nil, "code_challenge_method": nil])
        #expect(open.parameters["error"] == "invalid_request")
        let other = org.user("bob", password: "Password-1234").id
        #expect(client.authorize(["login_hint": other]).parameters["error"] == "access_denied")
    }

    @Test("Authorize: the response mode determines the location of the parameters")
    func usesModes() {
        let client = client()
        let fragment = client.authorize(["response_mode": "fragment"]).response.raw.header("location") ?? ""
        #expect(fragment.hasPrefix(TestClient.redirect + "#code="))
        let post = client.authorize(["response_mode": "form_post", "state": "<\"&"]).response
        let page = String(decoding: post.raw.body, as: UTF8.self)
        #expect(post.status == 200)
        #expect(page.contains("<form method=\"post\" action=\"\(TestClient.redirect)\">"))
        #expect(page.contains("name=\"state\" value=\"&lt;&quot;&amp;\""))
        let implicit = client.authorize(["response_type": "id_token token", "nonce": "n"])
        #expect(implicit.response.raw.header("location")?.hasPrefix(TestClient.redirect + "#") == true)
        #expect(implicit.parameters["access_token"] != nil)
        #expect(implicit.parameters["id_token"] != nil)
    }

    @Test("Pushed requests: the reference replaces the parameters, once")
    func pushes() throws {
        let client = client()
        let pushed = try client.post(
            "/oauth2/v1/par",
            [
                ("redirect_uri", TestClient.redirect), ("response_type", "code"), ("scope", "openid"), ("state", "p"),
                ("login_hint", "ada@example.com"), ("code_challenge", Digests.sha256(TestClient.verifier)),
                ("code_challenge_method", "S256"),
            ])
        #expect(pushed.status == 201)
        let uri = try #require(pushed.json.text("request_uri"))
        let target = "/oauth2/v1/authorize?client_id=\(client.id)&request_uri=\(uri)"
        let first = org("GET", target)
        #expect(first.raw.header("location")?.contains("state=p") == true)
        #expect(org("GET", target).status == 400)
    }

    @Test("Refresh: a static token stays, a rotating one is replaced, and its reuse revokes all")
    func refreshes() throws {
        for isRotating in [false, true] {
            let client = client(
                more: isRotating ? ["refresh_token": ["rotation_type": "ROTATE", "leeway": 10]] : [:])
            let code = try #require(client.authorize(["scope": "openid offline_access"]).parameters["code"])
            let first = try #require(try exchange(client, code).json.text("refresh_token"))
            let refresh = { (token: String) in
                try client.post("/oauth2/v1/token", [("grant_type", "refresh_token"), ("refresh_token", token)])
            }
            let second = try #require(try refresh(first).json.text("refresh_token"))
            #expect((first == second) != isRotating)
            let listed = org("GET", "/api/v1/apps/\(client.id)/tokens").json
            #expect(listed.count == 1)
            #expect(listed[0]?.text("userId") == user)
            org.clock.advance(by: 11)
            #expect(try refresh(first).status == (isRotating ? 400 : 200))
            #expect(try refresh(second).status == (isRotating ? 400 : 200))
            org("DELETE", "/api/v1/apps/\(client.id)/tokens/\(listed[0]?.text("id") ?? "")")
            #expect(try refresh(second).json.text("error") == "invalid_grant")
        }
    }

    @Test("Refresh: without a grace period, the response with the new token ends the old one")
    func hasNoGrace() throws {
        let client = client(more: ["refresh_token": ["rotation_type": "ROTATE", "leeway": 0]])
        let code = try #require(client.authorize(["scope": "openid offline_access"]).parameters["code"])
        let token = try #require(try exchange(client, code).json.text("refresh_token"))
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)]
        #expect(try client.post("/oauth2/v1/token", form).status == 200)
        #expect(try client.post("/oauth2/v1/token", form).status == 400)
        // A replacement without the setting keeps it.
        var app = org("GET", "/api/v1/apps/\(client.id)").json
        app.remove(["settings.oauthClient.refresh_token"])
        let replaced = org("PUT", "/api/v1/apps/\(client.id)", app).json
        #expect(replaced[path: "settings.oauthClient.refresh_token"] == ["rotation_type": "ROTATE", "leeway": 0])
    }

    @Test("Refresh: tokens of a deactivated user end")
    func stopsWithUser() throws {
        let client = client()
        let code = try #require(client.authorize(["scope": "openid offline_access"]).parameters["code"])
        let tokens = try exchange(client, code).json
        let access = try #require(tokens.text("access_token"))
        let refresh = try #require(tokens.text("refresh_token"))
        #expect(client.call("GET", "/oauth2/v1/userinfo", token: access).status == 200)
        org("POST", "/api/v1/users/\(user)/lifecycle/deactivate")
        #expect(client.call("GET", "/oauth2/v1/userinfo", token: access).status == 401)
        let response = try client.post(
            "/oauth2/v1/token", [("grant_type", "refresh_token"), ("refresh_token", refresh)])
        #expect(response.json.text("error") == "invalid_grant")
        #expect(try client.post("/oauth2/v1/introspect", [("token", refresh)]).json["active"]?.bool == false)
    }

    @Test("Device grant: waits, is slowed down, and gets its tokens after the approval")
    func approvesDevice() throws {
        let client = client()
        let begin = try client.post("/oauth2/v1/device/authorize", [("scope", "openid profile")]).json
        let code = try #require(begin.text("device_code"))
        let userCode = try #require(begin.text("user_code"))
        #expect(userCode.utf8.count == 8)
        #expect(begin["expires_in"]?.int == 600)
        let poll = {
            try client.post(
                "/oauth2/v1/token",
                [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code)])
        }
        #expect(try poll().json.text("error") == "authorization_pending")
        #expect(try poll().json.text("error") == "slow_down")
        org.clock.advance(by: 10)
        #expect(try poll().json.text("error") == "authorization_pending")
        #expect(org("POST", "/_local/devices/\(userCode)/approve", ["login": "nobody"]).status == 404)
        #expect(org("POST", "/_local/devices/\(userCode)/approve", ["login": "ada@example.com"]).status == 204)
        let tokens = try poll()
        #expect(tokens.status == 200)
        #expect(tokens.json["id_token"] != nil)
        #expect(try poll().json.text("error") == "invalid_grant")
    }

    @Test("Device grant: denial and expiry are distinguished, and a login hint approves immediately")
    func endsDevice() throws {
        let client = client()
        let begin = { (more: [(String, String)]) in
            try client.post("/oauth2/v1/device/authorize", [("scope", "openid")] + more).json
        }
        let poll = { (device: JSON) in
            try client.post(
                "/oauth2/v1/token",
                [
                    ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                    ("device_code", device.text("device_code") ?? ""),
                ])
        }
        let denied = try begin([])
        org("POST", "/_local/devices/\(denied.text("user_code") ?? "")/deny")
        #expect(try poll(denied).json.text("error") == "access_denied")
        #expect(try poll(begin([("login_hint", "ada@example.com")])).status == 200)
        let late = try begin([])
        org.clock.advance(by: 600)
        #expect(try poll(late).json.text("error") == "expired_token")
    }

    @Test("Sign-out: the redirect URI must belong to the app")
    func signsOut() throws {
        let client = client()
        let code = try #require(client.authorize().parameters["code"])
        let identity = try #require(try exchange(client, code).json.text("id_token"))
        let target = { (uri: String) in
            "/oauth2/v1/logout?id_token_hint=\(identity)&state=x&post_logout_redirect_uri=\(PercentText.encoded(uri))"
        }
        let good = org("GET", target("https://app.example.com/bye"))
        #expect(good.raw.header("location") == "https://app.example.com/bye?state=x")
        #expect(org("GET", target("https://evil.example.com")).status == 400)
        let plain = org("GET", "/oauth2/v1/logout?id_token_hint=\(identity)")
        #expect(plain.raw.header("location") == "https://test.okta.com/login/signout")
    }
}
#endif
