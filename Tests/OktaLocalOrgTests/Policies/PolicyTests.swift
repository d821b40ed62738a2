import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: policies, authorization servers and roles")
struct PolicyTests {
    @Test("Policies: an access policy begins with its system catch-all rule")
    func createsCatchAll() throws {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A", "priority": 7])
        #expect(policy.json["priority"]?.int == 1)
        #expect(policy.json["conditions"]?.kind == .null)
        let rules = org("GET", "/api/v1/policies/\(policy.id)/rules")
        let rule = try #require(rules.json[0])
        #expect(rule.text("name") == "Catch-all Rule")
        #expect(rule["priority"]?.int == 99)
        #expect(rule["conditions"]?.kind == .null)
        #expect(rules.raw.headers("link").isEmpty)
        #expect(org("DELETE", "/api/v1/policies/\(policy.id)/rules/\(rule.text("id") ?? "")").status == 403)
        #expect(org("DELETE", "/api/v1/policies/\(policy.id)").status == 204)
    }

    @Test("Policies: custom policies precede the default one")
    func ordersPolicies() {
        let org = TestOrg()
        for name in ["A", "B"] { org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": JSON(name)]) }
        org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": "C", "priority": 1])
        let rows = org("GET", "/api/v1/policies?type=OKTA_SIGN_ON").json.elements ?? []
        #expect(rows.compactMap { $0.text("name") } == ["C", "A", "B", "Default Policy"])
        #expect(rows.compactMap { $0["priority"]?.int } == [1, 2, 3, 4])
        let system = rows.last?.text("id") ?? ""
        #expect(org("DELETE", "/api/v1/policies/\(system)").status == 403)
    }

    private func rule(_ org: TestOrg, _ policy: String, _ name: String, _ priority: Int?) -> TestOrg.Response {
        var body: JSON = ["name": JSON(name), "actions": [:]]
        if let priority { body["priority"] = JSON(priority) }
        return org("POST", "/api/v1/policies/\(policy)/rules", body)
    }

    @Test("Policy rules: priorities of access rules may have gaps, those of other rules are clamped")
    func clampsRules() {
        let org = TestOrg()
        let access = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        #expect(rule(org, access, "r0", 0).json["priority"]?.int == 0)
        #expect(rule(org, access, "r3", 3).json["priority"]?.int == 3)
        let password = org("POST", "/api/v1/policies", ["type": "PASSWORD", "name": "P"]).id
        #expect(rule(org, password, "p", 999).json["priority"]?.int == 1)
        #expect(rule(org, password, "q", nil).json["priority"]?.int == 2)
    }

    @Test("Policy rules: a used priority shifts later rules by one")
    func shiftsRules() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        for (name, priority) in [("a", 1), ("b", 2), ("c", 4)] { _ = rule(org, policy, name, priority) }
        _ = rule(org, policy, "new", 2)
        #expect(places(org, policy) == ["a1", "new2", "b3", "c5"])
    }

    /// The names of a policy's own rules with their priorities.
    private func places(_ org: TestOrg, _ policy: String) -> [String] {
        (org("GET", "/api/v1/policies/\(policy)/rules").json.elements ?? []).filter { $0["system"]?.bool != true }.map {
            "\($0.text("name") ?? "")\($0["priority"]?.int ?? 0)"
        }
    }

    @Test(
        "Policy rules: a change that states its own priority shifts later rules; one without or with a free one does not"
    )
    func shiftsBehindOwn() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        let rules = [("a", 1), ("b", 2), ("c", 3)].map { (name: $0, id: rule(org, policy, $0, $1).id) }
        let change = { (index: Int, priority: Int?) in
            var body: JSON = ["name": JSON(rules[index].name), "actions": [:]]
            if let priority { body["priority"] = JSON(priority) }
            #expect(org("PUT", "/api/v1/policies/\(policy)/rules/\(rules[index].id)", body).status == 200)
        }
        change(0, nil)
        #expect(places(org, policy) == ["a1", "b2", "c3"])
        change(0, 1)
        #expect(places(org, policy) == ["a1", "b3", "c4"])
        change(1, 2)
        change(2, 3)
        #expect(places(org, policy) == ["a1", "b2", "c3"])
    }

    @Test("Policy rules: lifecycle calls return nothing, and may be repeated")
    func repeatsLifecycle() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "PASSWORD", "name": "P"]).id
        let rule = rule(org, policy, "r", nil).id
        for call in ["deactivate", "activate", "activate"] {
            let response = org("POST", "/api/v1/policies/\(policy)/rules/\(rule)/lifecycle/\(call)")
            #expect(response.status == 204)
            #expect(response.raw.body.isEmpty)
        }
    }

    @Test("Authorization servers: a new one has six scopes, nineteen claims and a signing key")
    func createsServer() {
        let org = TestOrg()
        let server = org(
            "POST", "/api/v1/authorizationServers", ["name": "A", "audiences": ["api://a"], "description": "x"])
        #expect(server.status == 201)
        #expect(server.json["issuer"]?.string == "https://test.okta.com/oauth2/\(server.id)")
        let path = "/api/v1/authorizationServers/\(server.id)"
        #expect(org("GET", "\(path)/scopes").json.count == 6)
        let claims = org("GET", "\(path)/claims").json.elements ?? []
        #expect(claims.count == 19)
        let always = claims.filter { $0["alwaysIncludeInToken"]?.bool == true }.compactMap { $0.text("name") }
        #expect(Set(always) == ["sub", "name", "email", "preferred_username"])
        let rotated = org("POST", "\(path)/credentials/lifecycle/keyRotate").json
        #expect(rotated.elements?.compactMap { $0.text("status") } == ["ACTIVE", "EXPIRED"])
        #expect(org("DELETE", path).status == 204)
        #expect(org("GET", path).status == 404)
    }

    @Test(
        "Roles: the id of a standard role is its base32 name",
        arguments: [
            ("APP_ADMIN", "IFIFAX2BIRGUSTQ"), ("USER_ADMIN", "KVJUKUS7IFCE2SKO"),
            ("HELP_DESK_ADMIN", "JBCUYUC7IRCVGS27IFCE2SKO"),
            ("GROUP_MEMBERSHIP_ADMIN", "I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA"),
        ])
    func namesRoles(type: String, id: String) {
        let org = TestOrg()
        let user = org.user("ada").id
        let role = org("POST", "/api/v1/users/\(user)/roles", ["type": JSON(type)])
        #expect(role.status == 201)
        #expect(role.id == id)
        #expect(role.json["_links"]?.count == 1)
        #expect(org("DELETE", "/api/v1/users/\(user)/roles/\(id)").status == 204)
        let again = org("DELETE", "/api/v1/users/\(user)/roles/\(id)")
        #expect(again.status == 404)
        #expect(again.json["errorSummary"]?.string?.hasSuffix("(RoleAssignment)") == true)
    }

    @Test("Roles: super and read-only administrators have specific ids by holder")
    func prefixesRoles() {
        let org = TestOrg()
        let user = org("POST", "/api/v1/users/\(org.user("ada").id)/roles", ["type": "SUPER_ADMIN"])
        #expect(user.id.hasPrefix("ra1") && user.id.utf8.count == 20)
        let group = org("POST", "/api/v1/groups/\(org.group("A").id)/roles", ["type": "READ_ONLY_ADMIN"])
        #expect(group.id.hasPrefix("gra"))
        #expect(group.json["assignmentType"]?.string == "GROUP")
    }

    @Test("Roles: a deleted role loses its targets")
    func dropsTargets() {
        let org = TestOrg()
        let user = org.user("ada").id
        let path = "/api/v1/users/\(user)/roles"
        let role = org("POST", path, ["type": "USER_ADMIN"]).id
        #expect(org("PUT", "\(path)/\(role)/targets/groups/\(org.group("A").id)").status == 204)
        #expect(org("GET", "\(path)/\(role)/targets/groups").json.count == 1)
        org("DELETE", "\(path)/\(role)")
        org("POST", path, ["type": "USER_ADMIN"])
        #expect(org("GET", "\(path)/\(role)/targets/groups").json.count == 0)
    }

    @Test("Custom roles: labels are unique, and links lead to the host of the Admin Console")
    func createsCustomRole() {
        let org = TestOrg()
        let body: JSON = ["label": "Helpers", "description": "x", "permissions": ["okta.users.read"]]
        let role = org("POST", "/api/v1/iam/roles", body)
        #expect(role.json["permissions"] == nil)
        #expect(role.json[path: "_links.self.href"]?.string?.hasPrefix("https://test-admin.okta.com/") == true)
        #expect(role.link("self") != nil)
        let again = org("POST", "/api/v1/iam/roles", body)
        #expect(again.causes == ["label: There is already an admin role with this name."])
        let permissions = org("GET", "/api/v1/iam/roles/\(role.id)/permissions").json["permissions"]
        #expect(permissions?[0]?.text("label") == "okta.users.read")
    }
}
