import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for users, groups, rules and linked objects.
@Suite("Recorded orgs: users and groups")
struct UserFactTests {
    private let names = { (response: TestOrg.Response) in Set((response.json["_links"]?.members ?? []).map(\.key)) }

    @Test("Users: a new user has these members, no sign-in, and the login as typed")
    func creates() {
        let org = TestOrg()
        let user = org.user("Ada.LOVELACE", password: "Secret-1234")
        #expect(
            Set((user.json.members ?? []).map(\.key)) == [
                "id", "status", "created", "activated", "statusChanged", "lastLogin", "lastUpdated", "passwordChanged",
                "type", "profile", "credentials", "_links",
            ])
        #expect(user.json["lastLogin"]?.kind == .null)
        #expect(user.json.text("profile.login") == "Ada.LOVELACE@example.com")
        #expect(user.json[path: "credentials.password"]?.count == 0)
        #expect(user.json.text("credentials.provider.type") == "OKTA")
        #expect(user.json["statusChanged"]?.kind == .string)
        #expect(org("GET", "/api/v1/users/\(user.id)").json == user.json)
    }

    @Test("Users: a staged user has no activation date, and a status date only with a password")
    func stages() {
        let org = TestOrg()
        let plain = org.user("a1", query: "?activate=false").json
        #expect(plain.text("status") == "STAGED" && plain["activated"]?.kind == .null)
        #expect(plain["statusChanged"]?.kind == .null && plain["passwordChanged"]?.kind == .null)
        let other = org.user("a2", password: "Secret-1234", query: "?activate=false").json
        #expect(other["statusChanged"]?.kind == .string && other["passwordChanged"]?.kind == .string)
        #expect(other.text("status") == "STAGED" && other["activated"]?.kind == .null)
    }

    @Test("Users: an empty password is no password")
    func takesEmptyPassword() {
        let org = TestOrg()
        let user = org(
            "POST", "/api/v1/users",
            [
                "profile": [
                    "login": "ada@example.com", "email": "ada@example.com", "firstName": "A", "lastName": "L",
                    "postalAddress": .null,
                ], "credentials": ["password": [:]],
            ])
        #expect(user.json.text("status") == "PROVISIONED" && user.json["passwordChanged"]?.kind == .null)
        #expect(user.json[path: "credentials.password"] == nil)
        #expect(user.json[path: "profile.postalAddress"] == nil)
    }

    @Test("Users: links depend on the status, and have a method but no hints")
    func links() {
        let org = TestOrg()
        let id = org.user("ada", password: "Secret-1234").id
        let active: Set = [
            "suspend", "resetPassword", "forgotPassword", "expirePassword", "changeRecoveryQuestion", "changePassword",
            "deactivate", "resetFactors", "self", "schema", "type",
        ]
        #expect(names(org("GET", "/api/v1/users/\(id)")) == active)
        org("POST", "/api/v1/users/\(id)/lifecycle/expire_password")
        let expired = org("GET", "/api/v1/users/\(id)")
        #expect(expired.json.text("status") == "PASSWORD_EXPIRED" && names(expired) == active)
        #expect(expired.json.text("_links.suspend.method") == "POST")
        #expect(expired.json[path: "_links.suspend.hints"] == nil && expired.json[path: "_links.self.method"] == nil)
        org("POST", "/api/v1/users/\(id)/lifecycle/deactivate")
        #expect(
            names(org("GET", "/api/v1/users/\(id)")) == [
                "activate", "delete", "resetFactors", "self", "schema", "type",
            ])
    }

    @Test("Users: a replacement removes every omitted attribute, including custom ones")
    func replaces() {
        let org = TestOrg()
        org(
            "POST", "/api/v1/meta/schemas/user/default",
            ["definitions": ["custom": ["properties": ["badge": ["title": "Badge", "type": "string"]]]]])
        let user = org.user("ada", more: ["badge": "1", "title": "Dr", "mobilePhone": "1"])
        let profile: JSON = [
            "login": "ada@example.com", "email": "ada@example.com", "firstName": "A", "lastName": "L",
        ]
        let now = org("PUT", "/api/v1/users/\(user.id)", ["profile": profile]).json["profile"]
        #expect(
            Set((now?.members ?? []).map(\.key)) == [
                "login", "email", "firstName", "lastName", "mobilePhone", "secondEmail",
            ])
        #expect(now?["mobilePhone"]?.kind == .null)
    }

    @Test("Users: a deletion in any status deactivates first", arguments: ["?activate=false", "", "?activate=true"])
    func deletes(_ query: String) {
        let org = TestOrg()
        let id = org.user("ada", query: query).id
        #expect(org("DELETE", "/api/v1/users/\(id)").status == 204)
        #expect(org("GET", "/api/v1/users/\(id)").json.text("status") == "DEPROVISIONED")
        #expect(org("DELETE", "/api/v1/users/\(id)").status == 204)
        #expect(org("GET", "/api/v1/users/\(id)").status == 404)
    }

    @Test("Users: a search finds a new user immediately, by any attribute")
    func searches() {
        let org = TestOrg()
        let id = org.user("ada", more: ["department": "Mathematics"]).id
        for query in ["profile.email%20sw%20%22ada%22", "profile.department%20eq%20%22Mathematics%22"] {
            #expect(org("GET", "/api/v1/users?search=\(query)").json[0]?.text("id") == id)
        }
    }

    @Test("Factors: a text factor waits for its activation, with these links")
    func enrolls() {
        let org = TestOrg()
        let user = org.user("ada").id
        let factor = org(
            "POST", "/api/v1/users/\(user)/factors",
            ["factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+15551234567"]])
        #expect(factor.status == 200 && factor.id.hasPrefix("mbl"))
        #expect(factor.json.text("status") == "PENDING_ACTIVATION" && factor.json.text("vendorName") == "OKTA")
        #expect(names(factor) == ["resend", "activate", "self", "user"])
        #expect(factor.json[path: "_links.resend"]?.elements?.first?.text("name") == "sms")
    }

    @Test("Risk: a level is set with 201 and Okta's reason")
    func setsRisk() {
        let org = TestOrg()
        let user = org.user("ada").id
        let risk = org("PUT", "/api/v1/users/\(user)/risk", ["riskLevel": "HIGH"])
        #expect(risk.status == 201 && risk.json.text("reason") == "Admin override risk")
        #expect(names(risk) == ["user", "self"])
        #expect(org("GET", "/api/v1/users/\(user)/risk").json.text("riskLevel") == "HIGH")
    }

    @Test("Linked values: are set and removed with 204, and listed as links")
    func linksUsers() {
        let org = TestOrg()
        let relation: JSON = [
            "primary": ["name": "boss", "title": "B", "type": "USER"],
            "associated": ["name": "staff", "title": "S", "type": "USER"],
        ]
        let made = org("POST", "/api/v1/meta/schemas/user/linkedObjects", relation)
        #expect(made.json["primary"] == relation["primary"])
        let (ada, alan) = (org.user("ada").id, org.user("alan").id)
        #expect(org("PUT", "/api/v1/users/\(ada)/linkedObjects/boss/\(alan)").status == 204)
        let value = org("GET", "/api/v1/users/\(ada)/linkedObjects/boss").json[0]
        #expect(value?.members?.map(\.key) == ["_links"])
        #expect(value?.text("_links.self.href")?.hasSuffix(alan) == true)
        #expect(org("DELETE", "/api/v1/users/\(ada)/linkedObjects/boss").status == 204)
        #expect(org("GET", "/api/v1/users/\(ada)/linkedObjects/boss").json.count == 0)
        #expect(org("DELETE", "/api/v1/meta/schemas/user/linkedObjects/boss").status == 204)
    }

    // MARK: Groups

    @Test("Groups: a new one has these members and links, and is found immediately")
    func createsGroup() {
        let org = TestOrg()
        let group = org.group("Fresh")
        #expect(
            Set((group.json.members ?? []).map(\.key)) == [
                "id", "created", "lastUpdated", "lastMembershipUpdated", "objectClass", "type", "profile", "_links",
            ])
        #expect(names(group) == ["logo", "users", "apps", "owners"])
        #expect(group.json[path: "_links.logo"]?.count == 2)
        #expect(org("GET", "/api/v1/groups?q=Fresh").json[0]?.text("id") == group.id)
    }

    @Test("Groups: a new name changes the group's date, not that of its memberships")
    func renames() {
        let org = TestOrg()
        let group = org.group("A")
        org.clock.advance(by: 60)
        let renamed = org("PUT", "/api/v1/groups/\(group.id)", ["profile": ["name": "B"]]).json
        #expect(renamed["lastUpdated"] != group.json["lastUpdated"])
        #expect(renamed["lastMembershipUpdated"] == group.json["lastMembershipUpdated"])
    }
}
