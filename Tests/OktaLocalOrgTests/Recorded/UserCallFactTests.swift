import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded responses of real orgs to calls on one user.
@Suite("Recorded orgs: calls on users")
struct UserCallFactTests {
    private let org = TestOrg()

    @Test("Requests: each has an id of 32 hexadecimal digits")
    func numbersRequests() {
        let ids = (0..<3).map { _ in org("GET", "/api/v1/users").raw.header("x-okta-request-id") ?? "" }
        #expect(Set(ids).count == 3)
        for id in ids { #expect(id.utf8.count == 32 && id.allSatisfy(\.isHexDigit)) }
    }

    @Test("Passwords: a user with a forgotten password gets a link, without an email")
    func forgets() {
        let user = org.user("ada", password: "Secret-1234").id
        let response = org("POST", "/api/v1/users/\(user)/credentials/forgot_password?sendEmail=false")
        #expect(response.status == 200)
        #expect(
            response.json.text("resetPasswordUrl")?.hasPrefix("https://test.okta.com/signin/reset-password/dfp") == true
        )
        let reset = org("POST", "/api/v1/users/\(user)/lifecycle/reset_password?sendEmail=false")
        #expect(reset.json.text("resetPasswordUrl")?.hasPrefix("https://test.okta.com/reset_password/drp") == true)
    }

    @Test("Credentials: a change returns only the credentials, without secrets")
    func changesCredentials() {
        let user = org.user("ada", password: "Secret-1234").id
        let question = org(
            "POST", "/api/v1/users/\(user)/credentials/change_recovery_question",
            ["password": ["value": "Secret-1234"], "recovery_question": ["question": "Why?", "answer": "because"]])
        let changed = org(
            "POST", "/api/v1/users/\(user)/credentials/change_password",
            ["oldPassword": ["value": "Secret-1234"], "newPassword": ["value": "Secret-5678"]])
        for response in [question, changed] {
            #expect(response.status == 200)
            #expect(
                response.json == [
                    "password": [:], "recovery_question": ["question": "Why?"],
                    "provider": ["type": "OKTA", "name": "OKTA"],
                ])
        }
    }

    @Test("Users: lists of a new user's objects are empty")
    func listsNothing() {
        let user = org.user("ada").id
        for list in ["clients", "grants", "idps", "appLinks", "factors"] {
            let response = org("GET", "/api/v1/users/\(user)/\(list)")
            #expect(response.status == 200 && response.json.elements?.isEmpty == true, "\(list)")
        }
        for list in ["sessions", "grants"] { #expect(org("DELETE", "/api/v1/users/\(user)/\(list)").status == 204) }
    }

    @Test("Activation: returns the link if no email is sent, and otherwise nothing")
    func activates() {
        let user = org.user("ada", query: "?activate=false").id
        let path = "/api/v1/users/\(user)/lifecycle"
        let sent = org("POST", "\(path)/activate?sendEmail=false")
        #expect(sent.json.text("activationToken")?.utf8.count == 20)
        #expect(sent.json.text("activationUrl")?.contains(sent.json.text("activationToken") ?? "-") == true)
        let other = org.user("alan", query: "?activate=false").id
        #expect(org("POST", "/api/v1/users/\(other)/lifecycle/activate").json == [:])
    }

    @Test("Deactivation: also applies to a staged user")
    func deactivatesStaged() {
        let user = org.user("ada", query: "?activate=false").id
        #expect(org("POST", "/api/v1/users/\(user)/lifecycle/deactivate").json == [:])
        #expect(org("GET", "/api/v1/users/\(user)").json.text("status") == "DEPROVISIONED")
    }

    @Test("Realms: users have one if the org has realms, after their type")
    func showsRealm() {
        let org = TestOrg { $0.features.realms = true }
        let names = (org.user("ada").json.members ?? []).map(\.key)
        #expect(
            names.contains("realmId") && !(self.org.user("ada").json.members ?? []).contains { $0.key == "realmId" })
    }

    @Test("Subscriptions: changes have status 200 without a body", arguments: ["users/me", "roles/SUPER_ADMIN"])
    func subscribes(_ holder: String) {
        let path = "/api/v1/\(holder)/subscriptions/OKTA_ISSUE"
        for (verb, state) in [("unsubscribe", "unsubscribed"), ("subscribe", "subscribed")] {
            let response = org("POST", "\(path)/\(verb)")
            #expect(response.status == 200 && response.raw.body.isEmpty)
            #expect(org("GET", path).json.text("status") == state)
        }
    }

    @Test("Filters: filters of logins are case-sensitive, searches are not")
    func comparesLogins() {
        _ = org.user("Ada")
        let count = { (query: String) in org("GET", "/api/v1/users?\(query)").json.count }
        for attribute in ["profile.login", "profile.email"] {
            #expect(count("filter=\(attribute)%20eq%20%22Ada@example.com%22") == 1)
            #expect(count("filter=\(attribute)%20eq%20%22ada@example.com%22") == 0)
            for search in ["Ada@example.com", "ada@example.com", "ADA@EXAMPLE.COM"] {
                #expect(count("search=\(attribute)%20eq%20%22\(search)%22") == 1, "\(search)")
            }
        }
    }
}
