import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: enrollments, connections of apps, and keys of resource servers")
struct EnrollmentTests {
    private let org = TestOrg()

    private func app(_ label: JSON) -> String {
        org(
            "POST", "/api/v1/apps",
            ["name": "bookmark", "label": label, "signOnMode": "BOOKMARK", "settings": ["app": ["url": "https://a.b"]]]
        ).id
    }

    private func authenticator(_ key: String) -> String {
        let found = (org("GET", "/api/v1/authenticators").json.elements ?? []).first { $0.text("key") == key }
        return found?.text("id") ?? ""
    }

    @Test("Enrollments: password, email and factors are listed with their authenticators")
    func lists() {
        let user = org.user("ada", password: "Password-1234").id
        let path = "/api/v1/users/\(user)/authenticator-enrollments"
        #expect(
            (org("GET", path).json.elements ?? []).compactMap { $0.text("key") } == ["okta_email", "okta_password"])
        let factor = org(
            "POST", "/api/v1/users/\(user)/factors",
            ["factorType": "question", "profile": ["question": "disliked_food", "answer": "Turnips"]]
        ).id
        let shown = org("GET", "\(path)/\(factor)")
        #expect(shown.json.text("key") == "security_question" && shown.json.text("type") == "security_question")
        #expect(shown.json.text("_links.authenticator.href")?.hasSuffix(authenticator("security_question")) == true)
        #expect(shown.json["_answer"] == nil && shown.json[path: "profile.answer"] == nil)
        #expect(org("DELETE", "\(path)/\(factor)").status == 204)
        #expect(
            org("GET", "/api/v1/users/\(user)/factors").json.count == 0 && org("GET", "\(path)/\(factor)").status == 404
        )
        let own = org("GET", path).json[0]?.text("id") ?? ""
        #expect(org("DELETE", "\(path)/\(own)").status == 400)
    }

    @Test("Enrollments: a phone needs an active authenticator, and is then also a factor")
    func enrollsPhone() {
        let user = org.user("ada").id
        let path = "/api/v1/users/\(user)/authenticator-enrollments/phone"
        let phone = authenticator("phone_number")
        let body: JSON = ["authenticatorId": JSON(phone), "profile": ["phoneNumber": "+15551234567"]]
        #expect(org("POST", path, body).status == 400)
        #expect(org("POST", "/api/v1/authenticators/\(phone)/lifecycle/activate").status == 200)
        let made = org("POST", path, body)
        #expect(made.status == 200 && made.json.text("status") == "ACTIVE" && made.json.text("type") == "phone")
        #expect(org("GET", "/api/v1/users/\(user)/factors/\(made.id)").json.text("factorType") == "sms")
        #expect(org("POST", path, body).status == 400)
        #expect(org("POST", path, ["authenticatorId": "aut1", "profile": ["phoneNumber": "+1"]]).status == 404)
    }

    @Test("Enrollments: a temporary access code is shown once, and replaces the previous one")
    func issuesCode() {
        let user = org.user("ada").id
        let key = org("POST", "/api/v1/authenticators", ["key": "tac", "name": "Temporary Access Code"]).id
        let path = "/api/v1/users/\(user)/authenticator-enrollments"
        let body = { (minutes: JSON) -> JSON in ["authenticatorId": JSON(key), "profile": ["ttl": minutes]] }
        #expect(org("POST", "\(path)/tac", body("5")).status == 400)
        let made = org("POST", "\(path)/tac", body("30"))
        #expect(made.status == 200 && made.json.text("profile.tac")?.count == 16)
        #expect(made.json.text("profile.expiresAt") == (org.clock.now + 1800).text)
        #expect(org("GET", "\(path)/\(made.id)").json[path: "profile.tac"] == nil)
        #expect(org("POST", "\(path)/tac", body("30")).status == 200 && org("GET", "\(path)/\(made.id)").status == 404)
    }

    @Test("Connections: belong to both apps, can be switched, and end with either app")
    func connects() {
        let (first, second) = (app("A"), app("B"))
        let path = { (app: String) in "/api/v1/apps/\(app)/cwo/connections" }
        let body: JSON = ["requestingAppInstanceId": JSON(first), "resourceAppInstanceId": JSON(second)]
        let made = org("POST", path(first), body)
        #expect(made.status == 201 && made.json.text("status") == "ACTIVE")
        #expect(org("GET", path(second)).json[0] == made.json && org("POST", path(second), body).status == 400)
        #expect(org("GET", path(app("C"))).json.count == 0 && org("POST", path(app("D")), body).status == 400)
        let own = "\(path(second))/\(made.id)"
        #expect(org("PATCH", own, ["status": "INACTIVE"]).json.text("status") == "INACTIVE")
        #expect(org("PATCH", own, ["status": "ASLEEP"]).status == 400)
        org("POST", "/api/v1/apps/\(first)/lifecycle/deactivate")
        #expect(org("DELETE", "/api/v1/apps/\(first)").status == 204)
        #expect(org("GET", own).status == 404 && org("GET", path(second)).json.count == 0)
    }

    @Test("Resource servers: one key is active, and an active key cannot be deleted")
    func keepsOneActive() {
        let path = "/api/v1/authorizationServers/default/resourceservercredentials/keys"
        let key = { (kid: JSON) -> JSON in
            ["kty": "RSA", "use": "enc", "kid": kid, "e": "AQAB", "n": JSON("v" + String(repeating: "A", count: 341))]
        }
        let first = org("POST", path, key("a"))
        #expect(first.status == 201 && first.json.text("status") == "INACTIVE" && first.id.hasPrefix("apk"))
        #expect(org("POST", path, key("a")).causes == ["Each key must have a unique 'kid'."])
        var active = key("c")
        active["status"] = "ACTIVE"
        #expect(org("POST", path, active).causes.first?.hasPrefix("Keys cannot be created") == true)
        let second = org("POST", path, key("b"))
        #expect(org("POST", "\(path)/\(first.id)/lifecycle/activate").json.text("status") == "ACTIVE")
        #expect(org("POST", "\(path)/\(second.id)/lifecycle/activate").json.text("status") == "ACTIVE")
        #expect(org("GET", "\(path)/\(first.id)").json.text("status") == "INACTIVE")
        #expect(org("DELETE", "\(path)/\(second.id)").status == 400)
        #expect(org("POST", "\(path)/\(first.id)/lifecycle/activate").json.text("status") == "ACTIVE")
        #expect(org("DELETE", "\(path)/\(second.id)").status == 204 && org("GET", path).json.count == 1)
    }

    @Test("API tokens: a token that revokes itself is invalid afterwards")
    func revokesOwnToken() {
        #expect(org("GET", "/api/v1/users/me").status == 200)
        #expect(org("DELETE", "/api/v1/api-tokens/current").status == 204)
        #expect(org("GET", "/api/v1/users/me").errorCode == "E0000011")
    }

    @Test("Revocation: ends the sessions of the named user")
    func revokesGlobally() {
        let user = org.user("ada", password: "Password-1234").id
        let token = org("POST", "/api/v1/authn", ["username": "ada@example.com", "password": "Password-1234"]).json
        let session = org("POST", "/api/v1/sessions", ["sessionToken": token["sessionToken"] ?? .null]).id
        let path = "/oauth2/v1/global-token-revocation"
        #expect(org("POST", path, ["sub_id": ["format": "opaque", "id": JSON(user)]]).status == 204)
        #expect(org("GET", "/api/v1/sessions/\(session)").status == 404)
        #expect(org("POST", path, ["sub_id": ["format": "opaque", "id": "00unobody"]]).status == 400)
        #expect(org("POST", path, ["sub_id": ["format": "iss_sub", "iss": "https://a.b", "sub": "x"]]).status == 400)
    }
}
