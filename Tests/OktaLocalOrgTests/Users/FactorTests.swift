import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: factors")
struct FactorTests {
    private let org = TestOrg()

    private func enroll(_ user: String, _ body: JSON, query: String = "") -> TestOrg.Response {
        org("POST", "/api/v1/users/\(user)/factors\(query)", body)
    }

    @Test("One-time passwords: match the test vectors of RFC 6238 and FIPS 180")
    func computes() {
        let secret = Base32.encoded("12345678901234567890")
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            #expect(OneTimePasswords.code(secret: secret, at: seconds) == code)
        }
        #expect(Base32.decoded(secret) == Array("12345678901234567890".utf8))
        let hash = SHA1.hash(Array("abc".utf8)).map { String($0, radix: 16) }.joined(separator: ",")
        #expect(hash == "a9,99,3e,36,47,6,81,6a,ba,3e,25,71,78,50,c2,6c,9c,d0,d8,9d")
        #expect(Base32.decoded("1!") == nil)
    }

    @Test("Factors: a code by text message activates a factor, and is valid once")
    func activatesText() throws {
        let user = org.user("ada").id
        let factor = enroll(user, ["factorType": "sms", "profile": ["phoneNumber": "+15551234567"]]).id
        let path = "/api/v1/users/\(user)/factors/\(factor)"
        let wrong = org("POST", "\(path)/lifecycle/activate", ["passCode": "no"])
        #expect(wrong.status == 403 && wrong.errorCode == "E0000068")
        let code = try #require(org.engine.passCode(ofFactor: factor))
        let active = org("POST", "\(path)/lifecycle/activate", ["passCode": JSON(code)])
        #expect(active.json.text("status") == "ACTIVE" && active.json[path: "_links.verify"] != nil)
        #expect(!active.raw.body.contains(code.utf8))
        let early = org("POST", "\(path)/verify", [:])
        #expect(early.status == 429 && early.errorCode == "E0000109")
        org.clock.advance(by: 30)
        #expect(org("POST", "\(path)/verify", [:]).json.text("factorResult") == "CHALLENGE")
        let next = try #require(org.engine.passCode(ofFactor: factor))
        #expect(org("POST", "\(path)/verify", ["passCode": JSON(next)]).json.text("factorResult") == "SUCCESS")
        #expect(org("POST", "\(path)/verify", ["passCode": JSON(next)]).status == 403)
        let again = enroll(user, ["factorType": "sms", "profile": ["phoneNumber": "+15557654321"]])
        #expect(again.status == 400 && again.causes == ["There is an existing verified phone number."])
    }

    @Test("Factors: an authenticator app shows its secret until it is active, and codes follow the clock")
    func activatesApp() throws {
        let user = org.user("ada").id
        let made = enroll(user, ["factorType": "token:software:totp", "provider": "GOOGLE"])
        let secret = try #require(made.json.text("_embedded.activation.sharedSecret"))
        let path = "/api/v1/users/\(user)/factors/\(made.id)"
        let code = try #require(OneTimePasswords.code(secret: secret, at: 1_764_000_000))
        #expect(org("POST", "\(path)/lifecycle/activate", ["passCode": JSON(code)]).json.text("status") == "ACTIVE")
        #expect(org("GET", path).json["_embedded"] == nil)
        org.clock.advance(by: 300)
        #expect(org("POST", "\(path)/verify", ["passCode": JSON(code)]).status == 403)
    }

    @Test("Factors: a push waits for its device, and expires")
    func pushes() {
        let user = org.user("ada").id
        let factor = enroll(user, ["factorType": "push", "provider": "OKTA"])
        let path = "/api/v1/users/\(user)/factors/\(factor.id)"
        #expect(factor.json.text("_embedded.activation.factorResult") == "WAITING")
        #expect(org("POST", "\(path)/lifecycle/activate").json.text("factorResult") == "WAITING")
        #expect(org("POST", "\(path)/verify").errorCode == "E0000079")
        #expect(org.engine.respondToPush(ofFactor: factor.id))
        #expect(org("GET", path).json.text("status") == "ACTIVE")
        for (accepts, result) in [(true, "SUCCESS"), (false, "REJECTED")] {
            let poll = TestOrg.path(org("POST", "\(path)/verify").json.text("_links.poll.href"))
            #expect(org("GET", poll).json.text("factorResult") == "WAITING")
            org.engine.respondToPush(ofFactor: factor.id, accepting: accepts)
            #expect(org("GET", poll).json.text("factorResult") == result)
        }
        let poll = TestOrg.path(org("POST", "\(path)/verify").json.text("_links.poll.href"))
        org.clock.advance(by: 301)
        #expect(org("GET", poll).json.text("factorResult") == "TIMEOUT")
    }

    @Test("Factors: every type can be enrolled, listed and reset")
    func enrollsAll() {
        let user = org.user("ada").id
        let profiles: [String: JSON] = [
            "sms": ["phoneNumber": "+15551234567"], "call": ["phoneNumber": "+15551234567"],
            "email": ["email": "ada@example.com"], "token": ["credentialId": "a"], "token:hotp": ["sharedSecret": "a"],
            "token:hardware": ["credentialId": "a"],
            "question": ["question": "disliked_food", "answer": "mayonnaise"],
        ]
        for kind in FactorKind.all {
            let made = enroll(user, ["factorType": JSON(kind.type), "profile": profiles[kind.type] ?? [:]])
            #expect(made.status == 200 && made.id.hasPrefix(kind.prefix), "\(kind.type): \(made.json)")
            #expect(
                made.json[path: "profile.answer"] == nil && made.json["_secret"] == nil && made.json["_passCode"] == nil
            )
        }
        #expect(org("GET", "/api/v1/users/\(user)/factors").json.count == FactorKind.all.count)
        let catalog = org("GET", "/api/v1/users/\(user)/factors/catalog").json.elements ?? []
        #expect(Set(catalog.compactMap { $0.text("factorType") }).count == FactorKind.all.count)
        #expect(catalog.filter { $0.text("status") != "NOT_SETUP" }.count == FactorKind.all.count)
        org("POST", "/api/v1/users/\(user)/lifecycle/reset_factors")
        #expect(org("GET", "/api/v1/users/\(user)/factors").json.count == 0)
    }
}
