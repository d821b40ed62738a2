import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for groups, their rules, owners and targets in apps.
@Suite("Recorded orgs: groups")
struct GroupFactTests {
    private let org = TestOrg()

    private func rule(_ people: JSON? = nil) -> TestOrg.Response {
        var conditions: JSON = [
            "expression": ["type": "urn:okta:expression:1.0", "value": "user.lastName == \"A\""]
        ]
        conditions["people"] = people
        return org(
            "POST", "/api/v1/groups/rules",
            [
                "type": "group_rule", "name": "rule", "conditions": conditions,
                "actions": ["assignUserToGroups": ["groupIds": [JSON(org.group("Target").id)]]],
            ])
    }

    @Test("Groups: an omitted description is null, an empty one stays empty")
    func describes() {
        #expect(org.group("A").json[path: "profile.description"]?.kind == .null)
        let empty = org("POST", "/api/v1/groups", ["profile": ["name": "B", "description": ""]])
        #expect(empty.json.text("profile.description") == "")
        #expect(org("GET", "/api/v1/groups/\(empty.id)").json.text("profile.description") == "")
    }

    @Test("Groups: every org begins with two, without an app's group, and Everyone is first")
    func hasBuiltIn() {
        let groups = org("GET", "/api/v1/groups?filter=type%20eq%20%22BUILT_IN%22").json
        let names = (groups.elements ?? []).compactMap { $0.text("profile.name") }
        #expect(names == ["Everyone", "Okta Administrators"])
        #expect(groups[0]?.text("profile.description") == "All users in your organization")
        #expect(
            groups[1]?.text("profile.description")
                == "Okta manages this group, which contains all administrators in your organization.")
        #expect(org("GET", "/api/v1/groups?filter=type%20eq%20%22APP_GROUP%22").json.count == 0)
        let user = org.user("ada").id
        let everyone = groups[0]?.text("id") ?? ""
        let members = org("GET", "/api/v1/groups/\(everyone)/users").json.elements ?? []
        #expect(members.contains { $0.text("id") == user })
    }

    @Test("Groups: memberships only change their own date")
    func datesMembers() {
        let group = org.group("A")
        let path = "/api/v1/groups/\(group.id)"
        let user = org.user("ada").id
        for method in ["PUT", "DELETE"] {
            org.clock.advance(by: 60)
            #expect(org(method, "\(path)/users/\(user)").status == 204)
            let now = org("GET", path).json
            #expect(now["lastUpdated"] == group.json["lastUpdated"])
            #expect(now.text("lastMembershipUpdated") == org.clock.now.text)
        }
    }

    @Test("Group rules: a new one is inactive, and excluded users are in two lists")
    func createsRule() {
        let plain = rule()
        #expect(plain.status == 200 && plain.json.text("status") == "INACTIVE")
        #expect(plain.json["allGroupsValid"]?.bool == true)
        #expect(plain.json[path: "conditions.people"] == nil)
        #expect(org("DELETE", "/api/v1/groups/\(groupID(plain))").status == 204)
        let people = rule(["users": [:]]).json[path: "conditions.people"]
        #expect(people == ["users": ["exclude": []], "groups": ["exclude": []]])
    }

    private func groupID(_ rule: TestOrg.Response) -> String {
        rule.json[path: "actions.assignUserToGroups.groupIds"]?[0]?.string ?? ""
    }

    @Test("Group rules: one whose group was deleted is also deleted with 202")
    func deletesRule() {
        let rule = rule()
        #expect(org("DELETE", "/api/v1/groups/\(groupID(rule))").status == 204)
        #expect(org("DELETE", "/api/v1/groups/rules/\(rule.id)?removeUsers=false").status == 202)
    }

    @Test("Group owners: the response has the date in Java's form, the list with a space")
    func datesOwners() {
        let path = "/api/v1/groups/\(org.group("A").id)/owners"
        for name in ["ada", "alan", "grace"] {
            let owner = org("POST", path, ["id": JSON(org.user(name).id), "type": "USER"])
            #expect(owner.status == 201 && owner.json.text("lastUpdated") == "Mon Nov 24 16:00:00 UTC 2025")
            #expect(owner.json.text("displayName") == "\(name) Test" && owner.json["resolved"]?.bool == true)
        }
        let listed = org("GET", path).json.elements ?? []
        #expect(listed.count == 3)
        #expect(listed.allSatisfy { $0.text("lastUpdated") == "2025-11-24 16:00:00.0" })
    }

    @Test("Group push: the target is created, dates have no fraction, and an inactive mapping is deleted with 200")
    func pushes() {
        let app = org(
            "POST", "/api/v1/apps", ["name": "okta_org2org", "label": "O", "signOnMode": "AUTO_LOGIN"]
        ).id
        let path = "/api/v1/apps/\(app)/group-push/mappings"
        let source = org.group("Source").id
        let mapping = org("POST", path, ["sourceGroupId": JSON(source), "targetGroupName": "Target"])
        #expect(mapping.status == 200 && mapping.id.hasPrefix("gPm") && mapping.json.text("status") == "ACTIVE")
        #expect(mapping.json.text("created") == "2025-11-24T16:00:00Z")
        let links = Set((mapping.json["_links"]?.members ?? []).map(\.key))
        #expect(links == ["app", "sourceGroup", "targetGroup"])
        #expect(org("GET", "\(path)?sourceGroupId=\(source)").json.count == 1)
        #expect(org("GET", "\(path)?sourceGroupId=other").json.count == 0)
        // The mapped group of the app cannot be deleted, unlike the group of Okta.
        #expect(org("DELETE", "/api/v1/groups/\(mapping.json.text("targetGroupId") ?? "")").errorCode == "E0000006")
        #expect(org("PATCH", "\(path)/\(mapping.id)", ["status": "INACTIVE"]).json.text("status") == "INACTIVE")
        let deleted = org("DELETE", "\(path)/\(mapping.id)?deleteTargetGroup=true")
        #expect(deleted.status == 200 && deleted.raw.body.isEmpty)
        #expect(org("GET", "/api/v1/groups/\(mapping.json.text("targetGroupId") ?? "")").status == 404)
    }
}
