import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: my account")
struct MyAccountTests {
    private let path = "/idp/myaccount"

    /// Returns the last sent code.
    private func code(_ org: TestOrg) -> JSON { JSON(org.engine.messages.last?.code ?? "") }

    @Test("My account: the profile belongs to the caller, and is replaced completely")
    func replacesProfile() {
        let org = TestOrg()
        let profile = org("GET", "\(path)/profile").json
        #expect(profile[path: "profile.firstName"]?.string == "Ada")
        var body: JSON = ["profile": profile["profile"] ?? .null]
        body[path: "profile.mobilePhone"] = "+15550100"
        let replaced = org("PUT", "\(path)/profile", body)
        #expect(replaced.json[path: "profile.mobilePhone"]?.string == "+15550100")
        #expect(org("GET", "/api/v1/users/me").json[path: "profile.mobilePhone"]?.string == "+15550100")
        let causes = { (change: (inout JSON) -> Void) -> [String] in
            var wrong = body
            change(&wrong)
            return org("PUT", "\(path)/profile", wrong).causes
        }
        #expect(
            causes { $0[path: "profile.email"] = "x@example.com" }.first?.hasPrefix("You cannot update email") == true)
        #expect(causes { $0[path: "profile.login"] = "other@example.com" }.first?.contains("is read only") == true)
        #expect(
            causes { $0[path: "profile.nothing"] = "x" } == ["Property 'nothing' does not exist or is not accessible."])
        #expect(
            causes { $0[path: "profile.mobilePhone"] = nil as JSON? }.first?.contains("needs a value passed") == true)
        let schema = org("GET", "\(path)/profile/schema").json["properties"]
        #expect(schema?["login"] != nil)
    }

    @Test("My account: a new email is active after its code is verified, and replaces the previous one")
    func verifiesEmail() {
        let org = TestOrg()
        #expect(org("GET", "\(path)/emails").json.elements?.compactMap { $0.text("status") } == ["VERIFIED"])
        let body: JSON = ["profile": ["email": "new@example.com"], "role": "PRIMARY", "sendEmail": false]
        let email = org("POST", "\(path)/emails", body)
        #expect(email.status == 201)
        #expect(email.json["status"]?.string == "UNVERIFIED")
        #expect(org("POST", "\(path)/emails", body).errorCode == "E0000157")
        let challenge = org("POST", "\(path)/emails/\(email.id)/challenge", ["state": "x"])
        #expect(challenge.status == 201)
        #expect(org.engine.messages.map(\.address) == ["new@example.com"])
        let own = "\(path)/emails/\(email.id)/challenge/\(challenge.id)"
        #expect(org("GET", own).json["status"]?.string == "UNVERIFIED")
        #expect(org("POST", "\(own)/verify", ["verificationCode": "wrong"]).errorCode == "E0000004")
        #expect(org("POST", "\(own)/verify", ["verificationCode": code(org)]).status == 200)
        #expect(org("GET", "/api/v1/users/me").json[path: "profile.email"]?.string == "new@example.com")
        let emails = org("GET", "\(path)/emails").json.elements ?? []
        #expect(emails.compactMap { $0.text("profile.email") } == ["new@example.com"])
        #expect(org("DELETE", "\(path)/emails/\(email.id)").causes == ["Can't delete a verified email address."])
    }

    @Test("My account: a challenge expires after five minutes")
    func expiresChallenge() {
        let org = TestOrg()
        let email = org("POST", "\(path)/emails", ["profile": ["email": "new@example.com"]]).id
        let challenge = org("POST", "\(path)/emails/\(email)/challenge", ["state": "x"]).id
        org.clock.advance(by: 301)
        let late = org(
            "POST", "\(path)/emails/\(email)/challenge/\(challenge)/verify", ["verificationCode": code(org)])
        #expect(late.status == 404)
        #expect(org("DELETE", "\(path)/emails/\(email)").status == 204)
        #expect(org("POST", "\(path)/emails", ["profile": ["email": "none"]]).causes == ["Invalid email address."])
    }

    @Test("My account: phones need the authenticator, an E.164 number and a code, and a user has two")
    func verifiesPhone() throws {
        let org = TestOrg()
        let body: JSON = ["profile": ["phoneNumber": "+1 555 415 1337"], "method": "SMS"]
        #expect(org("POST", "\(path)/phones", body).errorCode == "E0000038")
        let authenticator = try #require(
            org("GET", "/api/v1/authenticators").json.elements?.first { $0.text("key") == "phone_number" }?.text("id"))
        org("POST", "/api/v1/authenticators/\(authenticator)/lifecycle/activate")
        let phone = org("POST", "\(path)/phones", body)
        #expect(phone.status == 201)
        #expect(phone.json[path: "profile.phoneNumber"]?.string == "+15554151337")
        #expect(phone.json["code"] == nil)
        #expect(org("POST", "\(path)/phones", body).errorCode == "E0000157")
        #expect(org("POST", "\(path)/phones/\(phone.id)/verify", ["verificationCode": "x"]).errorCode == "E0000004")
        #expect(org("POST", "\(path)/phones/\(phone.id)/challenge", ["method": "CALL"]).status == 200)
        #expect(org.engine.messages.map(\.channel) == ["sms", "call"])
        #expect(org("POST", "\(path)/phones/\(phone.id)/verify", ["verificationCode": code(org)]).status == 204)
        #expect(org("GET", "\(path)/phones/\(phone.id)").json["status"]?.string == "VERIFIED")
        for (number, status) in [("+15554151338", 201), ("+15554151339", 400), ("555", 400), ("call me", 400)] {
            #expect(org("POST", "\(path)/phones", ["profile": ["phoneNumber": JSON(number)]]).status == status)
        }
        let enrollments = org("GET", "\(path)/authenticators/\(authenticator)/enrollments").json
        #expect(enrollments.elements?.compactMap { $0.text("id") } == [phone.id])
        #expect(org("DELETE", "\(path)/phones/\(phone.id)").status == 204)
    }

    @Test("My account: a password must meet the policy, and a user has one")
    func changesPassword() {
        let org = TestOrg()
        #expect(org("GET", "\(path)/password").json["status"]?.string == "ACTIVE")
        #expect(org("POST", "\(path)/password", ["profile": ["password": "Abcd1234"]]).errorCode == "E0000157")
        for weak in ["short1A", "alllowercase1", "ALLUPPERCASE1", "NoNumberHere", "Admin1234x"] {
            let response = org("PUT", "\(path)/password", ["profile": ["password": JSON(weak)]])
            #expect(response.causes.first?.hasPrefix("password: Password requirements were not met.") == true)
        }
        #expect(org("PUT", "\(path)/password", ["profile": ["password": "Correct-Horse-1"]]).status == 201)
        let change = "\(path)/password/change-password"
        #expect(org("POST", change, ["oldPassword": "wrong", "newPassword": "Other-Horse-2"]).errorCode == "E0000014")
        #expect(org("POST", change, ["oldPassword": "Correct-Horse-1", "newPassword": "Other-Horse-2"]).status == 204)
        #expect(org("DELETE", "\(path)/password").status == 204)
        #expect(org("DELETE", "\(path)/password").status == 404)
        #expect(org("GET", "\(path)/password").json["status"]?.string == "NOT_ENROLLED")
    }

    @Test("My account: the organization, the authenticators and their nicknames")
    func showsAccount() throws {
        let org = TestOrg()
        #expect(org("GET", "\(path)/organization").json["name"]?.string == "local")
        let list = org("GET", "\(path)/authenticators?expand=enrollments").json.elements ?? []
        let password = try #require(list.first { $0.text("key") == "okta_password" })
        let enrollment = try #require(password[path: "_embedded.enrollments"]?[0]?.text("id"))
        let own = "\(path)/authenticators/\(password.text("id") ?? "")/enrollments/\(enrollment)"
        #expect(org("PATCH", own, ["nickname": "mine"]).json["nickname"]?.string == "mine")
        #expect(org("PATCH", own, ["nickname": .null]).json["nickname"] == nil)
        #expect(org("GET", "\(path)/authenticators/unknown").status == 404)
    }
}
