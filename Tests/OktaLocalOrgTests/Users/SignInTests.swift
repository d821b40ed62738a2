import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The Authentication API: passwords, factors, recoveries, and the sessions of browsers.
@Suite("Local org: sign-in by the Authentication API")
struct SignInTests {
    private let org = TestOrg { $0.tokens = ["test"] }
    private let password: JSON = "Password-1234"

    private func post(_ path: String, _ body: JSON, headers: [(name: String, value: String)] = []) -> TestOrg.Response {
        let request = LocalRequest(
            "POST", "/api/v1/authn" + path, headers: [("host", "test.okta.com")] + headers, body: body.bytes)
        let response = org.engine.handle(request)
        return TestOrg.Response(response)
    }

    private func signIn(_ more: JSON = [:]) -> TestOrg.Response {
        var body: JSON = ["username": "ada@example.com", "password": password]
        body.merge(more)
        return post("", body)
    }

    /// Makes the org require a factor from everyone.
    private func requireFactor(_ access: String = "ALLOW") {
        let everyone = org("GET", "/api/v1/groups?q=Everyone").json[0]?.text("id") ?? ""
        let policy = org(
            "POST", "/api/v1/policies",
            [
                "type": "OKTA_SIGN_ON", "name": "Two",
                "conditions": ["people": ["groups": ["include": [JSON(everyone)]]]],
            ])
        let rule = org(
            "POST", "/api/v1/policies/\(policy.id)/rules",
            [
                "type": "SIGN_ON", "name": "Two",
                "actions": [
                    "signon": [
                        "access": JSON(access), "requireFactor": true, "factorPromptMode": "ALWAYS",
                        "session": ["usePersistentCookie": false],
                    ]
                ],
            ])
        #expect(rule.status == 200, "\(rule.json)")
    }

    private func enroll(_ user: String, _ body: JSON) -> TestOrg.Response {
        org("POST", "/api/v1/users/\(user)/factors?activate=true", body)
    }

    private func last(_ response: TestOrg.Response, _ link: String) -> String {
        TestOrg.path(response.json.text("_links.\(link).href")).replacing("/api/v1/authn", with: "")
    }

    @Test("Authn factors: a policy requires one, and the answer to a question completes the sign-in")
    func asksForFactor() {
        let user = org.user("ada", password: "Password-1234").id
        requireFactor()
        let question = enroll(
            user,
            [
                "factorType": "question", "provider": "OKTA",
                "profile": ["question": "disliked_food", "answer": "mayonnaise"],
            ])
        _ = enroll(user, ["factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+1-555-415-1337"]])
        let first = signIn(["relayState": "/here"])
        #expect(first.status == 200 && first.json.text("status") == "MFA_REQUIRED", "\(first.json)")
        #expect(first.json["sessionToken"] == nil && first.json.text("relayState") == "/here")
        let factors = first.json[path: "_embedded.factors"]?.elements ?? []
        #expect(factors.compactMap { $0.text("factorType") }.sorted() == ["question", "sms"])
        #expect(factors.compactMap { $0.text("profile.phoneNumber") } == ["+1 XXX-XXX-1337"])
        let token = first.json["stateToken"] ?? .null
        #expect(post("", ["stateToken": token]).json.text("status") == "MFA_REQUIRED")
        let path = "/factors/\(question.id)/verify"
        let wrong = post(path, ["stateToken": token, "answer": "mustard"])
        #expect(wrong.status == 403 && wrong.errorCode == "E0000068")
        let right = post(path, ["stateToken": token, "answer": "Mayonnaise"])
        #expect(right.json.text("status") == "SUCCESS" && right.json.text("relayState") == "/here", "\(right.json)")
        #expect(post(path, ["stateToken": token, "answer": "Mayonnaise"]).errorCode == "E0000011")
        let session = org("POST", "/api/v1/sessions", ["sessionToken": right.json["sessionToken"] ?? .null]).json
        #expect(session["amr"] == ["pwd", "kba", "mfa"] && session.text("lastFactorVerification") != nil)
    }

    @Test("Authn factors: a code is sent, sent again later, and replaced by another factor")
    func sendsCodes() {
        let user = org.user("ada", password: "Password-1234").id
        requireFactor()
        let sms = enroll(user, ["factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+15554151337"]])
        let token = signIn().json["stateToken"] ?? .null
        let path = "/factors/\(sms.id)/verify"
        let sent = post(path, ["stateToken": token])
        #expect(sent.json.text("status") == "MFA_CHALLENGE" && last(sent, "next") == path)
        #expect(sent.json[path: "_links.resend"]?[0]?.text("name") == "sms")
        #expect(post(path + "/resend", ["stateToken": token]).status == 429)
        org.clock.advance(by: 31)
        #expect(post(path + "/resend", ["stateToken": token]).json.text("status") == "MFA_CHALLENGE")
        #expect(post("/previous", ["stateToken": token]).json.text("status") == "MFA_REQUIRED")
        #expect(post("/previous", ["stateToken": token]).errorCode == "E0000079")
        let code = JSON(org.engine.messages.last?.code ?? "")
        #expect(post(path, ["stateToken": token, "answer": code]).json.text("status") == "SUCCESS")
    }

    @Test("Authn factors: a push waits for the device's owner, and can be rejected")
    func pushes() {
        let user = org.user("ada", password: "Password-1234").id
        requireFactor()
        let push = enroll(user, ["factorType": "push", "provider": "OKTA"])
        #expect(org.engine.respondToPush(ofFactor: push.id))
        let token = signIn().json["stateToken"] ?? .null
        let path = "/factors/\(push.id)/verify"
        let poll = { post(path, ["stateToken": token]) }
        #expect(poll().json.text("factorResult") == "WAITING" && poll().json.text("_links.next.name") == "poll")
        #expect(org.engine.respondToPush(ofFactor: push.id, accepting: false))
        #expect(poll().json.text("factorResult") == "REJECTED")
        #expect(post(path + "/resend", ["stateToken": token]).json.text("factorResult") == "WAITING")
        #expect(org.engine.respondToPush(ofFactor: push.id))
        #expect(poll().json.text("status") == "SUCCESS")
    }

    @Test("Authn enrollment: a user without a factor enrolls one to sign in")
    func enrolls() {
        _ = org.user("ada", password: "Password-1234")
        requireFactor()
        let first = signIn()
        #expect(first.json.text("status") == "MFA_ENROLL")
        let token = first.json["stateToken"] ?? .null
        let body: JSON = [
            "stateToken": token, "factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+15554151337"],
        ]
        let started = post("/factors", body)
        #expect(started.json.text("status") == "MFA_ENROLL_ACTIVATE", "\(started.json)")
        #expect(last(started, "next").hasSuffix("/lifecycle/activate"))
        let code = JSON(org.engine.messages.last?.code ?? "")
        #expect(post(last(started, "next"), ["stateToken": token, "passCode": "0"]).errorCode == "E0000068")
        #expect(post(last(started, "next"), ["stateToken": token, "passCode": code]).json.text("status") == "SUCCESS")
        #expect(signIn().json.text("status") == "MFA_REQUIRED")
    }

    @Test("Authn policies: a rule that denies admits nobody")
    func denies() {
        _ = org.user("ada", password: "Password-1234")
        requireFactor("DENY")
        #expect(signIn().errorCode == "E0000004")
    }

    @Test("Authn passwords: an expired one is changed before the sign-in completes")
    func changesPassword() {
        let user = org.user("ada", password: "Password-1234").id
        org("POST", "/api/v1/users/\(user)/lifecycle/expire_password")
        let first = signIn()
        #expect(first.json.text("status") == "PASSWORD_EXPIRED" && first.json["sessionToken"] == nil)
        #expect(first.json[path: "_embedded.policy.complexity.minLength"]?.int == 8)
        let token = first.json["stateToken"] ?? .null
        let change = { (old: JSON, new: JSON) in
            post(last(first, "next"), ["stateToken": token, "oldPassword": old, "newPassword": new])
        }
        #expect(change("no", "Password-5678").errorCode == "E0000014")
        #expect(change(password, "short").errorCode == "E0000001")
        #expect(change(password, "Password-5678").json.text("status") == "SUCCESS")
        #expect(org("GET", "/api/v1/users/\(user)").json.text("status") == "ACTIVE")
        #expect(post("/cancel", ["stateToken": token]).errorCode == "E0000011")
    }

    @Test("Authn recovery: a token and the answer to the question set a new password")
    func recovers() {
        let profile: JSON = ["login": "ada@example.com", "email": "ada@example.com", "firstName": "A", "lastName": "L"]
        let user = org(
            "POST", "/api/v1/users",
            [
                "profile": profile,
                "credentials": [
                    "password": ["value": password], "recovery_question": ["question": "Who?", "answer": "Babbage"],
                ],
            ]
        ).id
        let url = org("POST", "/api/v1/users/\(user)/lifecycle/reset_password?sendEmail=false").json
        let recovery = JSON(String(url.text("resetPasswordUrl")?.split(separator: "/").last ?? ""))
        let asked = post("/recovery/token", ["recoveryToken": recovery])
        #expect(asked.json.text("_embedded.user.recovery_question.question") == "Who?", "\(asked.json)")
        #expect(post("/recovery/token", ["recoveryToken": recovery]).status == 401)
        let token = asked.json["stateToken"] ?? .null
        #expect(post("/recovery/answer", ["stateToken": token, "answer": "Byron"]).errorCode == "E0000087")
        let solved = post("/recovery/answer", ["stateToken": token, "answer": "babbage"])
        #expect(solved.json.text("status") == "PASSWORD_RESET")
        let reset = post(last(solved, "next"), ["stateToken": token, "newPassword": "Password-5678"])
        #expect(reset.json.text("status") == "SUCCESS" && signIn().status == 401)
        // A recovery by email must not disclose whether the user exists.
        let unknown = post("/recovery/password", ["username": "nobody@example.com", "factorType": "EMAIL"])
        let known = post("/recovery/password", ["username": "ada@example.com", "factorType": "EMAIL"])
        #expect(unknown.status == 200 && unknown.json == known.json && known.json["stateToken"] == nil)
        let trusted = post(
            "/recovery/password", ["username": "ada@example.com"], headers: [("authorization", "SSWS test")])
        #expect(trusted.json.text("status") == "RECOVERY" && trusted.json.text("recoveryToken") != nil)
    }

    @Test("Authn lockout: is shown if the policy says so, and ended by a recovery")
    func unlocks() {
        let user = org.user("ada", password: "Password-1234").id
        for _ in 0..<10 { _ = signIn(["password": "no"]) }
        #expect(signIn().status == 401)
        let policies = org("GET", "/api/v1/policies?type=PASSWORD").json.elements ?? []
        var policy = policies.first { $0.text("name") == "Default Policy" } ?? .null
        policy[path: "settings.password.lockout.showLockoutFailures"] = true
        #expect(org("PUT", "/api/v1/policies/\(policy.text("id") ?? "")", policy).status == 200)
        let locked = signIn()
        #expect(locked.json.text("status") == "LOCKED_OUT" && locked.json.text("_links.next.name") == "unlock")
        #expect(post("/recovery/unlock", ["username": "ada@example.com", "factorType": "EMAIL"]).status == 200)
        let code = JSON(org.engine.messages.last?.code ?? "")
        #expect(post("/recovery/token", ["recoveryToken": code]).json.text("status") == "SUCCESS")
        #expect(org("GET", "/api/v1/users/\(user)").json.text("status") == "ACTIVE")
    }

    @Test("Sessions: a cookie shows and ends only its own session")
    func readsOwnSession() {
        let user = org.user("ada", password: "Password-1234").id
        let ask = { (method: String, path: String, headers: [(name: String, value: String)]) -> LocalResponse in
            org.engine.handle(LocalRequest(method, path, headers: [("host", "test.okta.com")] + headers))
        }
        let token = signIn().json["sessionToken"] ?? .null
        let made = org("POST", "/api/v1/sessions", ["sessionToken": token])
        #expect(made.json.text("_links.self.href")?.hasSuffix("/api/v1/sessions/me") == true)
        let cookie = [(name: "cookie", value: "JSESSIONID=1; sid=\(made.id)")]
        #expect(ask("GET", "/api/v1/sessions/me", []).status == 404)
        #expect(ask("GET", "/api/v1/sessions/me", cookie).status == 200)
        #expect(ask("POST", "/api/v1/sessions/me/lifecycle/refresh", cookie).status == 200)
        let me = (try? JSON(parsing: ask("GET", "/api/v1/users/me", cookie).body)) ?? .null
        #expect(me.text("id") == user)
        #expect(ask("GET", "/api/v1/users", cookie).status == 403 && ask("GET", "/api/v1/users", []).status == 401)
        #expect(ask("POST", "/api/v1/users/me/lifecycle/delete_sessions", cookie).status == 200)
        #expect(ask("DELETE", "/api/v1/sessions/me", cookie).status == 204)
        #expect(ask("GET", "/api/v1/users/me", cookie).status == 401)
    }
}
