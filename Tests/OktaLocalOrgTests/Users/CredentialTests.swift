import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: credentials of users")
struct CredentialTests {
    private let org = TestOrg()

    private func create(_ credentials: JSON, query: String = "") -> TestOrg.Response {
        org(
            "POST", "/api/v1/users\(query)",
            [
                "profile": [
                    "login": "ada@example.com", "email": "ada@example.com", "firstName": "Ada", "lastName": "Lovelace",
                ], "credentials": credentials,
            ])
    }

    @Test(
        "Passwords: the default policy applies, and the error states its requirements",
        arguments: ["short1A", "alllowercase1", "ALLUPPERCASE1", "NoNumberHere", "Example-1"])
    func asksPolicy(_ password: String) {
        let response = create(["password": ["value": JSON(password)]])
        #expect(
            response.status == 400
                && response.causes.first?.hasPrefix("password: Password requirements were not met") == true)
        #expect(create(["password": ["value": "Correct-Horse-1"]]).status == 200)
    }

    @Test("Passwords: hashes and hooks are imported, and unknown kinds of hashes are rejected")
    func imports() {
        let hash: JSON = ["algorithm": "SHA-256", "salt": "a", "saltOrder": "PREFIX", "value": "b"]
        let user = create(["password": ["hash": hash]], query: "?activate=false").json
        #expect(user.text("status") == "STAGED" && user["passwordChanged"]?.kind == .string)
        #expect(user.text("credentials.provider.type") == "IMPORT")
        org.engine.reset()
        #expect(create(["password": ["hash": ["algorithm": "ROT13", "value": "b"]]]).status == 400)
        let hooked = create(["password": ["hook": ["type": "default"]]]).json
        #expect(hooked.text("status") == "ACTIVE" && hooked.text("credentials.provider.type") == "IMPORT")
    }

    @Test("New users: nextLogin and provider need their counterparts")
    func checksQuery() {
        #expect(create([:], query: "?nextLogin=changePassword").status == 400)
        #expect(create([:], query: "?provider=true").status == 400)
        let expired = create(["password": ["value": "Correct-Horse-1"]], query: "?nextLogin=changePassword")
        #expect(expired.json.text("status") == "PASSWORD_EXPIRED")
        org.engine.reset()
        let federated = create(["provider": ["type": "FEDERATION", "name": "FEDERATION"]], query: "?provider=true")
        #expect(federated.json.text("status") == "ACTIVE")
    }

    @Test("Sign-in: wrong passwords lock out a user until an unlock")
    func locksOut() {
        let id = create(["password": ["value": "Correct-Horse-1"]]).id
        let signIn = { (password: JSON) in
            org("POST", "/api/v1/authn", ["username": "ada@example.com", "password": password])
        }
        for _ in 0..<9 { #expect(signIn("no").status == 401) }
        #expect(signIn("Correct-Horse-1").json.text("status") == "SUCCESS")
        for _ in 0..<10 { #expect(signIn("no").status == 401) }
        #expect(org("GET", "/api/v1/users/\(id)").json.text("status") == "LOCKED_OUT")
        #expect(signIn("Correct-Horse-1").status == 401)
        #expect(org("POST", "/api/v1/users/\(id)/lifecycle/unlock").status == 200)
        #expect(signIn("Correct-Horse-1").status == 200)
    }

    @Test("Recovery: the answer to the question, in any letter case, sets a password")
    func recovers() {
        let id = create([
            "password": ["value": "Correct-Horse-1"], "recovery_question": ["question": "Who?", "answer": "Babbage"],
        ]).id
        let path = "/api/v1/users/\(id)/credentials/forgot_password_recovery_question"
        let body = { (answer: JSON) -> JSON in
            ["password": ["value": "Another-Horse-2"], "recovery_question": ["answer": answer]]
        }
        #expect(org("POST", path, body("Byron")).errorCode == "E0000087")
        let response = org("POST", path, body("babbage"))
        #expect(response.status == 200 && response.json[path: "recovery_question.answer"] == nil)
        let signIn = org("POST", "/api/v1/authn", ["username": "ada@example.com", "password": "Another-Horse-2"])
        #expect(signIn.status == 200)
        org.engine.reset()
        #expect(create(["recovery_question": ["question": "Who?", "answer": "ab"]]).status == 400)
    }

    @Test("Lifecycle: an asynchronous change is shown in progress, then done")
    func showsProgress() {
        let id = create(["password": ["value": "Correct-Horse-1"]]).id
        org("POST", "/api/v1/users/\(id)/lifecycle/deactivate", headers: [("Prefer", "respond-async")])
        let now = org("GET", "/api/v1/users/\(id)").json
        #expect(now.text("status") == "ACTIVE" && now.text("transitioningToStatus") == "DEPROVISIONED")
        org.clock.advance(by: 5)
        let later = org("GET", "/api/v1/users/\(id)").json
        #expect(later.text("status") == "DEPROVISIONED" && later["transitioningToStatus"] == nil)
    }

    @Test("Grants: are listed by user and client, and revoked individually or together")
    func revokesGrants() {
        let id = create([:]).id
        for scope in ["openid", "email"] {
            org.engine.adopt(
                ["id": JSON("oag\(scope)"), "clientId": "0oaclient", "scopeId": JSON(scope), "status": "ACTIVE"],
                below: "/api/v1/users/\(id)/grants")
        }
        let path = "/api/v1/users/\(id)"
        #expect(org("GET", "\(path)/grants?scopeId=email").json.count == 1)
        #expect(org("GET", "\(path)/clients/0oaclient/grants").json.count == 2)
        #expect(org("DELETE", "\(path)/grants/oagemail").status == 204)
        #expect(org("GET", "\(path)/grants/oagemail").status == 404)
        #expect(org("DELETE", "\(path)/grants").status == 204)
        #expect(org("GET", "\(path)/clients/0oaclient/grants").json.count == 0)
    }

    @Test("Classification: is standard by default")
    func classifies() {
        let path = "/api/v1/users/\(create([:]).id)/classification"
        #expect(org("GET", path).json.text("type") == "STANDARD")
        #expect(org("PUT", path, ["type": "LITE"]).json.text("type") == "LITE")
        #expect(org("PUT", path, ["type": "HEAVY"]).status == 400)
        #expect(org("GET", path).json.text("type") == "LITE")
    }
}
