#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: direct authentication")
struct DirectAuthenticationTests {
    private let org = TestOrg()
    private let ada: String
    private let client: TestClient

    init() {
        ada = org.user("ada", password: "Password-1234").id
        client = TestClient(
            org, method: "client_secret_post",
            grants: [
                "password", DirectAuthentication.passcode, DirectAuthentication.outOfBand, SecondFactor.passcode,
                SecondFactor.outOfBand,
            ], assigned: [ada])
        // The default policy of new apps requires two factors.
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "One"]).id
        let rule: JSON = [
            "type": "ACCESS_POLICY", "name": "one factor",
            "actions": [
                "appSignOn": ["access": "ALLOW", "verificationMethod": ["type": "ASSURANCE", "factorMode": "1FA"]]
            ],
        ]
        org("POST", "/api/v1/policies/\(policy)/rules", rule)
        org("PUT", "/api/v1/apps/\(client.id)/policies/\(policy)")
    }

    private func requireTwoFactors() {
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "Two"]).id
        org("PUT", "/api/v1/apps/\(client.id)/policies/\(policy)")
    }

    private func token(_ grant: String, _ form: [(String, String)], base: String = "/oauth2") throws -> TestOrg.Response
    {
        try client.post("\(base)/v1/token", [("grant_type", grant), ("scope", "openid")] + form)
    }

    private func methods(_ response: TestOrg.Response) -> [String] {
        let token = response.json.text("id_token").flatMap { CompactToken($0) }
        return (token?.claims["amr"]?.elements ?? []).compactMap(\.string)
    }

    // MARK: Factors

    private func enroll(_ body: JSON) -> String { org("POST", "/api/v1/users/\(ada)/factors", body).id }

    private func push() -> String {
        let factor = enroll(["factorType": "push", "provider": "OKTA"])
        org.engine.respondToPush(ofFactor: factor)
        return factor
    }

    private func app() throws -> String {
        let factor = enroll(["factorType": "token:software:totp", "provider": "GOOGLE"])
        let code = try #require(org.engine.passCode(ofFactor: factor))
        org("POST", "/api/v1/users/\(ada)/factors/\(factor)/lifecycle/activate", ["passCode": JSON(code)])
        return factor
    }

    private func text(_ type: String = "sms") throws -> String {
        let factor = enroll(["factorType": JSON(type), "profile": ["phoneNumber": "+15551234567"]])
        let code = try #require(org.engine.passCode(ofFactor: factor))
        org("POST", "/api/v1/users/\(ada)/factors/\(factor)/lifecycle/activate", ["passCode": JSON(code)])
        return factor
    }

    // MARK: Tests

    @Test("Passcodes: the code of an authenticator app signs in", arguments: ["/oauth2", "/oauth2/default"])
    func takesPasscode(_ base: String) throws {
        let code = try #require(org.engine.passCode(ofFactor: try app()))
        let tokens = try token(
            DirectAuthentication.passcode, [("login_hint", "ada@example.com"), ("otp", code)], base: base)
        #expect(tokens.status == 200 && methods(tokens) == ["otp"])
        for form in [
            [("login_hint", "ada@example.com"), ("otp", "000000")], [("login_hint", "nobody"), ("otp", code)],
        ] {
            #expect(try token(DirectAuthentication.passcode, form).json.text("error") == "invalid_grant")
        }
    }

    private func begin(_ channel: String, endpoint: String = "primary-authenticate") throws -> TestOrg.Response {
        try client.post(
            "/oauth2/v1/\(endpoint)",
            [
                ("login_hint", "ada@example.com"), ("channel_hint", channel),
                ("challenge_hint", DirectAuthentication.outOfBand),
            ])
    }

    @Test("Pushes: an app polls until the device responds", arguments: ["primary-authenticate", "oob-authenticate"])
    func waitsForPush(_ endpoint: String) throws {
        let factor = push()
        let begun = try begin("push", endpoint: endpoint)
        #expect(begun.json.text("binding_method") == "none" && begun.json["interval"]?.int == 5)
        let form = [("oob_code", try #require(begun.json.text("oob_code")))]
        #expect(try token(DirectAuthentication.outOfBand, form).json.text("error") == "authorization_pending")
        #expect(try token(DirectAuthentication.outOfBand, form).json.text("error") == "slow_down")
        org.engine.respondToPush(ofFactor: factor)
        #expect(methods(try token(DirectAuthentication.outOfBand, form)) == ["swk"])
        #expect(try token(DirectAuthentication.outOfBand, form).json.text("error") == "invalid_grant")
        let denied = [("oob_code", try begin("push").json.text("oob_code") ?? "")]
        org.engine.respondToPush(ofFactor: factor, accepting: false)
        #expect(try token(DirectAuthentication.outOfBand, denied).json.text("error") == "access_denied")
    }

    @Test(
        "Codes: a texted or spoken code is entered in the app", arguments: [("sms", "sms"), ("call", "voice")])
    func takesSentCode(_ type: String, channel: String) throws {
        let factor = try text(type)
        let begun = try begin(channel)
        #expect(begun.json.text("binding_method") == "prompt" && begun.json["interval"] == nil)
        let form = [("oob_code", try #require(begun.json.text("oob_code")))]
        #expect(try token(DirectAuthentication.outOfBand, form).json.text("error") == "invalid_request")
        let wrong = try token(DirectAuthentication.outOfBand, form + [("binding_code", "no")])
        #expect(wrong.json.text("error") == "invalid_grant")
        let code = try #require(org.engine.passCode(ofFactor: factor))
        #expect(try token(DirectAuthentication.outOfBand, form + [("binding_code", code)]).status == 200)
        let late = [("oob_code", try begin(channel).json.text("oob_code") ?? ""), ("binding_code", code)]
        org.clock.advance(by: 301)
        #expect(try token(DirectAuthentication.outOfBand, late).json.text("error") == "expired_token")
    }

    @Test("Direct authentication: unknown channels, hints and factors, and clients without the grant, are rejected")
    func refuses() throws {
        #expect(try begin("pigeon").json.text("error_description")?.contains("`pigeon`") == true)
        let missing = try begin("push")
        #expect(missing.status == 403 && missing.json.text("error") == "access_denied")
        let hint = try client.post(
            "/oauth2/v1/primary-authenticate",
            [("login_hint", "ada@example.com"), ("channel_hint", "push"), ("challenge_hint", "x")])
        #expect(hint.json.text("error") == "invalid_request")
        let other = TestClient(org, method: "client_secret_post", grants: ["password"], assigned: [ada])
        let response = try other.post("/oauth2/v1/primary-authenticate", [("login_hint", "ada@example.com")])
        #expect(response.json.text("error") == "unauthorized_client")
    }

    @Test("Second factors: a policy with two factors rejects the first with a token, and the second completes it")
    func asksForSecond() throws {
        requireTwoFactors()
        let (device, authenticator) = (push(), try app())
        let password = [("username", "ada@example.com"), ("password", "Password-1234")]
        let first = try token("password", password)
        #expect(first.status == 403 && first.json.text("error") == "mfa_required")
        let mfa = ("mfa_token", try #require(first.json.text("mfa_token")))
        let chosen = try client.post(
            "/oauth2/v1/challenge", [mfa, ("challenge_types_supported", SecondFactor.passcode)])
        #expect(chosen.json == ["challenge_type": JSON(SecondFactor.passcode)])
        #expect(try token(SecondFactor.passcode, [mfa, ("otp", "000000")]).json.text("error") == "invalid_grant")
        let code = try #require(org.engine.passCode(ofFactor: authenticator))
        #expect(methods(try token(SecondFactor.passcode, [mfa, ("otp", code)])) == ["pwd", "otp", "mfa"])
        let spent = try token(SecondFactor.passcode, [mfa, ("otp", code)])
        #expect(spent.status == 403 && spent.json.text("error") == "access_denied")

        let again = ("mfa_token", try token("password", password).json.text("mfa_token") ?? "")
        let challenge = try client.post(
            "/oauth2/v1/challenge",
            [again, ("channel_hint", "push"), ("challenge_types_supported", SecondFactor.outOfBand)])
        let oob = ("oob_code", try #require(challenge.json.text("oob_code")))
        // A code for a second factor is not valid as a first factor.
        #expect(try token(DirectAuthentication.outOfBand, [oob]).json.text("error") == "invalid_grant")
        org.engine.respondToPush(ofFactor: device)
        #expect(methods(try token(SecondFactor.outOfBand, [again, oob])) == ["pwd", "swk", "mfa"])
    }

    @Test("Second factors: the factor of the first step does not count, and unknown types are rejected")
    func refusesSecond() throws {
        requireTwoFactors()
        let code = try #require(org.engine.passCode(ofFactor: try app()))
        let first = try token(DirectAuthentication.passcode, [("login_hint", "ada@example.com"), ("otp", code)])
        let mfa = ("mfa_token", try #require(first.json.text("mfa_token")))
        let same = try token(SecondFactor.passcode, [mfa, ("otp", code)])
        #expect(same.status == 403 && same.json.text("error") == "access_denied")
        let unknown = try client.post("/oauth2/v1/challenge", [mfa, ("challenge_types_supported", "foo")])
        #expect(unknown.status == 403 && unknown.json.text("error_description")?.contains("`foo`") == true)
        // An app that does not support a second factor signs in with one factor.
        let plain = TestClient(org, method: "client_secret_post", grants: ["password"], assigned: [ada])
        let tokens = try plain.post(
            "/oauth2/v1/token",
            [
                ("grant_type", "password"), ("scope", "openid"), ("username", "ada@example.com"),
                ("password", "Password-1234"),
            ])
        #expect(tokens.status == 200)
    }
}
#endif
