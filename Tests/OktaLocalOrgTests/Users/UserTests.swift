import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: users")
struct UserTests {
    @Test("Users: a user without a password is provisioned")
    func createsProvisioned() {
        let user = TestOrg().user("ada")
        #expect(user.status == 200)
        #expect(user.json["status"]?.string == "PROVISIONED")
        #expect(user.json["lastLogin"]?.kind == .null)
        #expect(user.json["passwordChanged"]?.kind == .null)
        #expect(user.json[path: "credentials.password"] == nil)
        #expect(user.json[path: "credentials.provider.type"]?.string == "OKTA")
        #expect(user.id.hasPrefix("00u") && user.id.utf8.count == 20)
    }

    @Test("Users: a user with a password is active immediately")
    func createsActive() {
        let user = TestOrg().user("ada", password: "Secret-1234")
        #expect(user.json["status"]?.string == "ACTIVE")
        #expect(user.json[path: "credentials.password"]?.count == 0)
        #expect(user.json["passwordChanged"]?.kind == .string)
    }

    @Test("Users: activate=false leaves a user staged, never activated")
    func createsStaged() {
        let user = TestOrg().user("ada", query: "?activate=false")
        #expect(user.json["status"]?.string == "STAGED")
        #expect(user.json["activated"]?.kind == .null)
    }

    @Test("Users: mobilePhone and secondEmail are always shown, other empty attributes never")
    func showsTwoNulls() {
        let user = TestOrg().user("ada", more: ["postalAddress": .null, "nickName": "A"])
        #expect(user.json[path: "profile.mobilePhone"]?.kind == .null)
        #expect(user.json[path: "profile.secondEmail"]?.kind == .null)
        #expect(user.json[path: "profile.postalAddress"] == nil)
        #expect(user.json[path: "profile.nickName"]?.string == "A")
    }

    @Test("Users: a used login is rejected with a cause, case-insensitively")
    func refusesDuplicate() {
        let org = TestOrg()
        _ = org.user("ada")
        let second = org.user("ADA")
        #expect(second.status == 400)
        #expect(second.errorCode == "E0000001")
        #expect(second.json["errorSummary"]?.string == "Api validation failed: login")
        #expect(second.causes == ["login: An object with this field already exists in the current organization"])
    }

    @Test("Users: several errors give several causes, and the summary names the first")
    func listsCauses() {
        let response = TestOrg()("POST", "/api/v1/users", ["profile": ["login": "ada@example.com"]])
        #expect(response.status == 400)
        #expect(response.json["errorSummary"]?.string == "Api validation failed: email")
        #expect(response.causes.count == 3)
    }

    @Test("Users: a replacement removes omitted attributes, an update keeps them, and null clears")
    func replacesAndUpdates() {
        let org = TestOrg()
        let id = org.user("ada", more: ["nickName": "A", "title": "Dr"]).id
        let updated = org("POST", "/api/v1/users/\(id)", ["profile": ["nickName": .null]])
        #expect(updated.json[path: "profile.nickName"] == nil)
        #expect(updated.json[path: "profile.title"]?.string == "Dr")
        let profile: JSON = [
            "login": "ada@example.com", "email": "ada@example.com", "firstName": "Ada", "lastName": "Test",
        ]
        let replaced = org("PUT", "/api/v1/users/\(id)", ["profile": profile])
        #expect(replaced.json[path: "profile.title"] == nil)
        #expect(replaced.json[path: "profile.mobilePhone"]?.kind == .null)
    }

    @Test("Users: the first DELETE deactivates, the second deletes, and then there is a 404")
    func deletesInTwoSteps() {
        let org = TestOrg()
        let id = org.user("ada").id
        #expect(org("DELETE", "/api/v1/users/\(id)").status == 204)
        #expect(org("GET", "/api/v1/users/\(id)").json["status"]?.string == "DEPROVISIONED")
        #expect(org("DELETE", "/api/v1/users/\(id)").status == 204)
        let gone = org("GET", "/api/v1/users/\(id)")
        #expect(gone.status == 404)
        #expect(gone.json["errorSummary"]?.string == "Not found: Resource not found: \(id) (User)")
    }

    @Test("Users: a path names a user by id, login, percent-encoded login, or me")
    func findsByName() {
        let org = TestOrg()
        let id = org.user("ada+1").id
        for name in [id, "ada%2B1@example.com", "ada+1%40example.com", "ada+1"] {
            #expect(org("GET", "/api/v1/users/\(name)").id == id, "\(name)")
        }
        #expect(org("GET", "/api/v1/users/me").status == 200)
        #expect(org("GET", "//api/v1//users/\(id)/").id == id)
    }

    @Test("Users: If-Match with another tag is rejected, and with the user's tag accepted")
    func checksTags() throws {
        let org = TestOrg()
        let id = org.user("ada").id
        let tag = try #require(org("GET", "/api/v1/users/\(id)").raw.header("etag"))
        #expect(tag.hasPrefix("W/\""))
        let change: JSON = ["profile": ["nickName": "A"]]
        #expect(org("POST", "/api/v1/users/\(id)", change, headers: [("If-Match", tag)]).status == 200)
        let late = org("POST", "/api/v1/users/\(id)", change, headers: [("If-Match", "W/\"0\"")])
        #expect(late.status == 412)
        #expect(late.errorCode == "E0000231")
    }

    @Test("Users: links depend on the status")
    func showsLinks() {
        let org = TestOrg()
        let names = { (response: TestOrg.Response) in Set((response.json["_links"]?.members ?? []).map(\.key)) }
        #expect(
            names(org.user("a1")) == [
                "suspend", "resetPassword", "reactivate", "deactivate", "self", "schema", "type", "resetFactors",
            ])
        #expect(
            names(org.user("a2", query: "?activate=false")) == ["activate", "self", "schema", "type", "resetFactors"])
        let active = org.user("a3", password: "Secret-1234")
        #expect(names(active).contains("forgotPassword"))
        org("POST", "/api/v1/users/\(active.id)/lifecycle/suspend")
        #expect(
            names(org("GET", "/api/v1/users/\(active.id)")) == [
                "unsuspend", "deactivate", "self", "schema", "type", "resetFactors",
            ])
    }

    @Test("Users: a list has only the self link, and omits deactivated users")
    func listsUsers() {
        let org = TestOrg()
        let id = org.user("ada").id
        let items = org("GET", "/api/v1/users").json.elements ?? []
        #expect(items.allSatisfy { $0["_links"]?.count == 1 })
        #expect(items.contains { $0["id"]?.string == id })
        org("DELETE", "/api/v1/users/\(id)")
        let now = org("GET", "/api/v1/users").json.elements ?? []
        #expect(!now.contains { $0["id"]?.string == id })
        let found = org("GET", "/api/v1/users?filter=status%20eq%20%22DEPROVISIONED%22").json
        #expect(found.count == 1)
    }

    @Test("Users: every user is in the group Everyone immediately, which is listed first")
    func isInEveryone() {
        let org = TestOrg()
        let id = org.user("ada").id
        let other = org.group("A first group").id
        org("PUT", "/api/v1/groups/\(other)/users/\(id)")
        let names = (org("GET", "/api/v1/users/\(id)/groups").json.elements ?? []).map { $0.text("profile.name") }
        #expect(names == ["Everyone", "A first group"])
    }

    @Test("Users: a password change needs the old password")
    func changesPassword() {
        let org = TestOrg()
        let id = org.user("ada", password: "Secret-1234").id
        let path = "/api/v1/users/\(id)/credentials/change_password"
        let wrong = org(
            "POST", path, ["oldPassword": ["value": "no"], "newPassword": ["value": "Secret-5678"]])
        #expect(wrong.status == 403)
        #expect(wrong.errorCode == "E0000014")
        let right = org(
            "POST", path, ["oldPassword": ["value": "Secret-1234"], "newPassword": ["value": "Secret-5678"]])
        #expect(right.status == 200)
        #expect(right.json["password"]?.count == 0)
    }

    @Test("Users: a session token is valid for one session")
    func signsIn() {
        let org = TestOrg()
        _ = org.user("ada", password: "Secret-1234")
        let body: JSON = ["username": "ada@example.com", "password": "Secret-1234"]
        let token = org("POST", "/api/v1/authn", body).json["sessionToken"] ?? ""
        let session = org("POST", "/api/v1/sessions", ["sessionToken": token])
        #expect(session.status == 200)
        #expect(session.id.utf8.count == 25)
        let again = org("POST", "/api/v1/sessions", ["sessionToken": token])
        #expect(again.status == 401)
        #expect(again.errorCode == "E0000004")
    }
}
