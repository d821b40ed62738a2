import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: custom roles and their bindings")
struct RoleBindingTests {
    private let org = TestOrg()

    private func role(_ label: String = "Helper") -> String {
        org(
            "POST", "/api/v1/iam/roles", ["label": JSON(label), "description": "d", "permissions": ["okta.users.read"]]
        ).id
    }

    private func set(_ label: String = "Set") -> String {
        org("POST", "/api/v1/iam/resource-sets", ["label": JSON(label), "description": "d", "resources": ["orn:a"]]).id
    }

    @Test("Bindings: an assigned custom role is a binding's member, and both end together")
    func mirrors() throws {
        let (role, set) = (role(), set())
        let user = org.user("ada").id
        let body: JSON = ["type": "CUSTOM", "role": JSON(role), "resource-set": JSON(set)]
        let assigned = org("POST", "/api/v1/users/\(user)/roles", body)
        #expect(assigned.status == 201 && assigned.json.text("label") == "Helper")
        #expect(org("POST", "/api/v1/users/\(user)/roles", body).status == 409)
        let members = "/api/v1/iam/resource-sets/\(set)/bindings/\(role)/members"
        let listed = org("GET", members).json["members"]
        #expect(listed?.count == 1 && listed?[0]?.text("id") == assigned.id)
        #expect(listed?[0]?.text("_links.self.href")?.hasSuffix("/api/v1/users/\(user)") == true)
        #expect(org("DELETE", "\(members)/\(assigned.id)").status == 204)
        #expect(org("GET", "/api/v1/users/\(user)/roles").json.count == 0)
        let group = org.group("A").id
        org("PATCH", members, ["additions": [JSON("https://test.okta.com/api/v1/groups/\(group)")]])
        let own = try #require(org("GET", "/api/v1/groups/\(group)/roles").json[0]?.text("id"))
        #expect(org("DELETE", "/api/v1/groups/\(group)/roles/\(own)").status == 204)
        #expect(org("GET", members).json["members"]?.count == 0)
    }

    @Test("Bindings: labels also identify roles and sets, and errors name missing ones")
    func finds() {
        _ = role("Helper")
        let set = set("Set")
        #expect(org("GET", "/api/v1/iam/roles/Helper/permissions").json["permissions"]?.count == 1)
        let bound = org("POST", "/api/v1/iam/resource-sets/Set/bindings", ["role": "Helper", "members": []])
        #expect(bound.status == 200)
        let unknown = org("POST", "/api/v1/iam/resource-sets/\(set)/bindings", ["role": "x", "members": []])
        #expect(unknown.json.text("errorSummary")?.hasSuffix("x (CustomRole)") == true)
        let stranger = org(
            "POST", "/api/v1/iam/resource-sets/\(set)/bindings",
            ["role": "Helper", "members": ["https://test.okta.com/api/v1/users/nobody"]])
        #expect(stranger.status == 400)
    }

    @Test("Bindings: deleting a role or a set removes its assignments", arguments: [true, false])
    func removes(_ deletesRole: Bool) {
        let (role, set) = (role(), set())
        let user = org.user("ada").id
        org("POST", "/api/v1/users/\(user)/roles", ["type": "CUSTOM", "role": JSON(role), "resource-set": JSON(set)])
        #expect(org("GET", "/api/v1/iam/assignees/users").json["value"]?.count == 2)
        org("DELETE", deletesRole ? "/api/v1/iam/roles/\(role)" : "/api/v1/iam/resource-sets/\(set)")
        #expect(org("GET", "/api/v1/users/\(user)/roles").json.count == 0)
    }

    @Test("Roles: a role has targets of its own kind only, sorted by name")
    func limits() {
        let user = org.user("ada").id
        let path = "/api/v1/users/\(user)/roles"
        org("POST", path, ["type": "APP_ADMIN"])
        #expect(org("PUT", "\(path)/IFIFAX2BIRGUSTQ/targets/groups/\(org.group("A").id)").status == 400)
        #expect(org("PUT", "\(path)/IFIFAX2BIRGUSTQ/targets/catalog/apps/salesforce").status == 204)
        #expect(
            org("GET", "\(path)/IFIFAX2BIRGUSTQ/targets").json[0]?.text("orn")?.hasSuffix(":apps:salesforce") == true)
        #expect(org("PUT", "\(path)/IFIFAX2BIRGUSTQ/targets/catalog/apps").status == 204)
        #expect(org("GET", "\(path)/IFIFAX2BIRGUSTQ/targets/catalog/apps").json.count == 0)
    }

    @Test("Permissions: unknown names are rejected, and conditions are replaced")
    func checksPermission() {
        let path = "/api/v1/iam/roles/\(role())/permissions"
        #expect(org("POST", "\(path)/users").status == 400)
        let conditions: JSON = ["include": ["okta:ResourceAttribute/User/Profile": ["city"]]]
        #expect(org("PUT", "\(path)/okta.users.read", ["conditions": conditions]).json["conditions"] == conditions)
        #expect(org("PUT", "\(path)/okta.users.read", [:]).json["conditions"]?.kind == .null)
    }
}
