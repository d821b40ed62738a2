import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: groups and their rules")
struct GroupTests {
    @Test("Groups: a group without description shows null, an empty description stays empty")
    func keepsDescription() {
        let org = TestOrg()
        #expect(org.group("A").json[path: "profile.description"]?.kind == .null)
        let empty = org("POST", "/api/v1/groups", ["profile": ["name": "B", "description": ""]])
        #expect(empty.json[path: "profile.description"]?.string == "")
        #expect(empty.json["type"]?.string == "OKTA_GROUP")
        #expect(empty.json["lastMembershipUpdated"] == empty.json["created"])
    }

    @Test("Groups: the list is sorted by name, and links are absolute on the caller's host")
    func pagesByName() {
        let org = TestOrg()
        for name in ["delta", "Alpha", "charlie", "Bravo"] { _ = org.group(name) }
        var names: [String] = []
        var target = "/api/v1/groups?limit=2&filter=type%20eq%20%22OKTA_GROUP%22"
        for _ in 0..<5 {
            let page = org("GET", target)
            names += (page.json.elements ?? []).compactMap { $0.text("profile.name") }
            #expect(page.raw.headers("link").first?.hasSuffix("rel=\"self\"") == true)
            guard let next = page.link("next") else { break }
            #expect(next.hasPrefix("https://test.okta.com/api/v1/groups?after="))
            target = TestOrg.path(next)
        }
        #expect(names == ["Alpha", "Bravo", "charlie", "delta"])
    }

    @Test("Groups: a query has no links, and matches the beginning of the name")
    func queries() {
        let org = TestOrg()
        _ = org.group("Engineering")
        _ = org.group("Sales")
        let found = org("GET", "/api/v1/groups?q=eng")
        #expect(found.json.count == 1)
        #expect(found.raw.headers("link").isEmpty)
        #expect(org("GET", "/api/v1/groups?q=nothing&limit=1").json.count == 0)
    }

    @Test("Groups: Everyone and the administrators are built in, and cannot be changed")
    func protectsBuiltIn() throws {
        let org = TestOrg()
        let found = org("GET", "/api/v1/groups?filter=type%20eq%20%22BUILT_IN%22").json
        #expect(found.elements?.compactMap { $0.text("profile.name") } == ["Everyone", "Okta Administrators"])
        let id = try #require(found[0]?.text("id"))
        #expect(org("DELETE", "/api/v1/groups/\(id)").status == 403)
        let user = org.user("ada").id
        let added = org("PUT", "/api/v1/groups/\(id)/users/\(user)")
        #expect(added.status == 501)
        #expect(added.errorCode == "E0000060")
    }

    @Test("Groups: a membership changes its own date, not the group's")
    func datesMembership() {
        let org = TestOrg()
        let group = org.group("A")
        org.clock.advance(by: 60)
        #expect(org("PUT", "/api/v1/groups/\(group.id)/users/\(org.user("ada").id)").status == 204)
        let now = org("GET", "/api/v1/groups/\(group.id)").json
        #expect(now["lastUpdated"] == group.json["lastUpdated"])
        #expect(now["lastMembershipUpdated"] != group.json["lastMembershipUpdated"])
        #expect(org("GET", "/api/v1/groups/\(group.id)/users").json.count == 1)
    }

    @Test("Groups: values of attributes that the schema lacks are refused, and removed attributes leave the groups")
    func checksAttributes() {
        let org = TestOrg()
        let body: JSON = ["profile": ["name": "A", "color": "red"]]
        let refused = org("POST", "/api/v1/groups", body)
        #expect(refused.status == 400 && refused.errorCode == "E0000001")
        #expect(refused.json.text("errorSummary") == "Api validation failed: New UserGroup")
        #expect(refused.causes == ["Property name 'color' is not defined in profile"])
        let group = org.group("A").id
        #expect(org("PUT", "/api/v1/groups/\(group)", body).status == 400)
        let change = { (attribute: JSON) in
            org(
                "POST", "/api/v1/meta/schemas/group/default",
                ["definitions": ["custom": ["id": "#custom", "type": "object", "properties": ["color": attribute]]]])
        }
        #expect(change(["title": "Color", "type": "string"]).status == 200)
        #expect(org("PUT", "/api/v1/groups/\(group)", body).json.text("profile.color") == "red")
        #expect(change(.null).status == 200)
        #expect(org("GET", "/api/v1/groups/\(group)").json[path: "profile.color"] == nil)
    }

    @Test("Seeds: attributes of a group that the schema lacks are added to it")
    func definesSeeded() {
        let org = TestOrg()
        let group: JSON = ["id": "00g1", "type": "OKTA_GROUP", "profile": ["name": "A", "level": 3]]
        #expect(org.engine.adopt(group, below: "/api/v1/groups"))
        let changed = org("PUT", "/api/v1/groups/00g1", ["profile": ["name": "A", "level": 4]])
        #expect(changed.status == 200 && changed.json[path: "profile.level"]?.int == 4)
        #expect(org("PUT", "/api/v1/groups/00g1", ["profile": ["name": "A", "level": "high"]]).status == 400)
    }

    @Test("Groups: errors name the kind of an unknown object")
    func namesUnknown() {
        let org = TestOrg()
        let group = org.group("A").id
        let noUser = org("PUT", "/api/v1/groups/\(group)/users/nobody")
        #expect(noUser.json["errorSummary"]?.string == "Not found: Resource not found: nobody (User)")
        let noGroup = org("GET", "/api/v1/groups/nothing")
        #expect(noGroup.json["errorSummary"]?.string == "Not found: Resource not found: nothing (UserGroup)")
        #expect(noGroup.errorCode == "E0000007")
        #expect(noGroup.json["errorCauses"]?.count == 0)
    }

    @Test("Groups: an owner is added once, and the date has two forms")
    func addsOwner() {
        let org = TestOrg()
        let group = org.group("A").id
        let user = org.user("ada").id
        let body: JSON = ["id": JSON(user), "type": "USER"]
        let added = org("POST", "/api/v1/groups/\(group)/owners", body)
        #expect(added.status == 201)
        #expect(added.json["lastUpdated"]?.string?.contains(" UTC ") == true)
        let listed = org("GET", "/api/v1/groups/\(group)/owners").json[0]
        #expect(listed?.text("lastUpdated")?.hasSuffix(".0") == true)
        let again = org("POST", "/api/v1/groups/\(group)/owners", body)
        #expect(again.status == 400)
        #expect(again.causes == ["Provided owner is already assigned to this group"])
        #expect(org("DELETE", "/api/v1/groups/\(group)/owners/\(user)").status == 204)
        #expect(org("DELETE", "/api/v1/groups/\(group)/owners/\(user)").status == 404)
    }

    // MARK: Rules

    private func rule(_ org: TestOrg, _ group: String, _ expression: String) -> TestOrg.Response {
        org(
            "POST", "/api/v1/groups/rules",
            [
                "type": "group_rule", "name": "rule",
                "conditions": [
                    "people": ["users": [:]],
                    "expression": ["type": "urn:okta:expression:1.0", "value": JSON(expression)],
                ],
                "actions": ["assignUserToGroups": ["groupIds": [JSON(group)]]],
            ])
    }

    @Test("Group rules: a new rule is inactive and has the defaults")
    func createsRule() {
        let org = TestOrg()
        let rule = rule(org, org.group("A").id, "user.department==\"Sales\"")
        #expect(rule.status == 200)
        #expect(rule.json["status"]?.string == "INACTIVE")
        #expect(rule.json[path: "conditions.people.users.exclude"]?.count == 0)
        #expect(rule.json[path: "conditions.people.groups.exclude"]?.count == 0)
        #expect(rule.json["allGroupsValid"]?.bool == true)
    }

    @Test("Group rules: an active rule adds current and later users to its group, and removes them")
    func runsRule() {
        let org = TestOrg()
        let group = org.group("Sellers").id
        let before = org.user("a1", more: ["department": "Sales"]).id
        let rule = rule(org, group, "String.startsWith(user.department, \"Sal\") AND user.lastName == \"Test\"")
        let members = { () -> [String] in
            (org("GET", "/api/v1/groups/\(group)/users").json.elements ?? []).compactMap { $0.text("id") }
        }
        #expect(members().isEmpty)
        #expect(org("POST", "/api/v1/groups/rules/\(rule.id)/lifecycle/activate").status == 204)
        #expect(members() == [before])
        let after = org.user("a2", more: ["department": "Sales"]).id
        _ = org.user("a3", more: ["department": "Legal"])
        #expect(members() == [before, after])
        org("POST", "/api/v1/users/\(before)", ["profile": ["department": "Legal"]])
        #expect(members() == [after])
        org("POST", "/api/v1/groups/rules/\(rule.id)/lifecycle/deactivate")
        #expect(members().isEmpty)
        let deleted = org("DELETE", "/api/v1/groups/rules/\(rule.id)")
        #expect(deleted.status == 202)
        #expect(deleted.raw.body == Array("{}".utf8))
    }

    @Test(
        "Group rules: unknown expressions are rejected",
        arguments: ["user.", "unknown.attribute == 1", "Strings.startsWith(user.a, \"b\")", "user.a ==", "(user.a"])
    func refusesExpression(_ expression: String) {
        let org = TestOrg()
        let response = rule(org, org.group("A").id, expression)
        #expect(response.status == 400)
        #expect(response.errorCode == "E0000001")
    }
}
