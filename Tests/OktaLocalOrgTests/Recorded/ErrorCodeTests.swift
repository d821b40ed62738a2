import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: codes of Okta's list of errors, and lists whose pages are rarely asked for")
struct ErrorCodeTests {
    private let org = TestOrg()

    @Test("Roles: built-in groups get none")
    func refusesBuiltIn() {
        for group in org("GET", "/api/v1/groups?filter=type+eq+%22BUILT_IN%22").json.elements ?? [] {
            let refused = org("POST", "/api/v1/groups/\(group.text("id") ?? "")/roles", ["type": "USER_ADMIN"])
            #expect(refused.status == 400 && refused.errorCode == "E0000211")
        }
    }

    @Test("Apps: a deactivated user cannot be assigned")
    func refusesInactive() {
        let user = org.user("ada").id
        org("POST", "/api/v1/users/\(user)/lifecycle/deactivate")
        let refused = org("POST", "/api/v1/apps/\(org.app())/users", ["id": JSON(user), "scope": "USER"])
        #expect(refused.status == 403 && refused.errorCode == "E0000117")
    }

    @Test("Email servers: one at a time is enabled")
    func enablesOne() {
        let create = { (alias: String, enabled: Bool) in
            org(
                "POST", "/api/v1/email-servers",
                [
                    "alias": JSON(alias), "host": "h", "port": 25, "username": "u", "password": "p",
                    "enabled": JSON(enabled),
                ])
        }
        let first = create("a", true).id
        #expect(create("b", true).errorCode == "E0000222")
        let second = create("b", false).id
        #expect(org("PATCH", "/api/v1/email-servers/\(second)", ["enabled": true]).status == 400)
        #expect(org("PATCH", "/api/v1/email-servers/\(first)", ["enabled": false]).status == 200)
        #expect(org("PATCH", "/api/v1/email-servers/\(second)", ["enabled": true]).status == 200)
    }

    @Test("Owners of groups: their list has pages")
    func pagesOwners() {
        let path = "/api/v1/groups/\(org.group("G").id)/owners"
        for name in ["a1", "a2", "a3"] { org("POST", path, ["id": JSON(org.user(name).id), "type": "USER"]) }
        #expect(org("GET", path).json.count == 3 && org("GET", path).link("self") == nil)
        let first = org("GET", "\(path)?limit=2")
        #expect(first.json.count == 2)
        let rest = org("GET", TestOrg.path(first.link("next")))
        #expect(rest.json.count == 1 && rest.link("next") == nil)
    }

    @Test("Rate limits of principals: their list has pages of 20, and of 50 at most")
    func pagesPrincipals() {
        let path = "/api/v1/principal-rate-limits"
        for index in 0..<51 { org("POST", path, ["principalId": JSON("t\(index)"), "principalType": "SSWS_TOKEN"]) }
        let list = "\(path)?filter=principalType+eq+%22SSWS_TOKEN%22"
        #expect(org("GET", list).json.count == 20)
        #expect(org("GET", "\(list)&limit=100").json.count == 50)
        let next = org("GET", "\(list)&limit=50").link("next")
        #expect(org("GET", TestOrg.path(next)).json.count == 1)
    }

    @Test("Assignees of roles: the list has links only if there is another page")
    func linksAssignees() {
        #expect(org("GET", "/api/v1/iam/assignees/users").json["_links"] == nil)
        for name in ["a1", "a2"] { org("POST", "/api/v1/users/\(org.user(name).id)/roles", ["type": "USER_ADMIN"]) }
        #expect(org("GET", "/api/v1/iam/assignees/users?limit=1").json.text("_links.next.href") != nil)
    }
}
