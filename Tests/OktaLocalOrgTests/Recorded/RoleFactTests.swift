import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for the roles of users, groups and clients.
@Suite("Recorded orgs: holders of roles")
struct RoleFactTests {
    private let org = TestOrg()

    private func holder(_ kind: String) -> String {
        switch kind {
        case "USER": "/api/v1/users/\(org.user("ada").id)"
        case "GROUP": "/api/v1/groups/\(org.group("A").id)"
        default: "/oauth2/v1/clients/\(org.app())"
        }
    }

    @Test("Roles: each kind of holder gets one with 201", arguments: ["USER", "GROUP", "CLIENT"])
    func assigns(_ kind: String) {
        let path = holder(kind) + "/roles"
        let own = kind == "GROUP" ? "gra" : "ra1"
        for (type, id) in [
            ("APP_ADMIN", "IFIFAX2BIRGUSTQ"), ("USER_ADMIN", "KVJUKUS7IFCE2SKO"),
            ("HELP_DESK_ADMIN", "JBCUYUC7IRCVGS27IFCE2SKO"),
            ("GROUP_MEMBERSHIP_ADMIN", "I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA"), ("SUPER_ADMIN", own),
            ("READ_ONLY_ADMIN", own),
        ] {
            let role = org("POST", path, ["type": JSON(type)])
            #expect(role.status == 201 && role.json.text("type") == type && role.json.text("status") == "ACTIVE")
            #expect(role.json.text("assignmentType") == kind)
            if id == own {
                #expect(role.id.hasPrefix(id) && role.id.utf8.count == 20)
            } else {
                #expect(role.id == id)
            }
            #expect(org("GET", "\(path)/\(role.id)").id == role.id)
        }
    }

    @Test(
        "Targets: groups, apps and instances of apps are added and removed with 204",
        arguments: ["USER", "GROUP", "CLIENT"])
    func limits(_ kind: String) {
        let roles = holder(kind) + "/roles"
        let apps = "\(roles)/\(org("POST", roles, ["type": "APP_ADMIN"]).id)/targets/catalog/apps"
        let groups = "\(roles)/\(org("POST", roles, ["type": "USER_ADMIN"]).id)/targets/groups"
        let instance = org.app()
        let targets = [
            "\(apps)/salesforce", "\(apps)/oidc_client/\(instance)", "\(groups)/\(org.group("B").id)",
            "\(groups)/\(org.group("C").id)",
        ]
        for target in targets {
            let response = org("PUT", target)
            #expect(response.status == 204 && response.raw.body.isEmpty, "\(target)")
        }
        #expect(org("GET", apps).json.elements?.contains { $0.text("id") == instance } == true)
        #expect(org("GET", apps).json.count == 2 && org("GET", groups).json.count == 2)
        for target in targets.dropFirst() {
            #expect(org("DELETE", target).status == 204, "\(target)")
        }
    }

    @Test("Custom roles: all links lead to the admin host")
    func linksRoles() {
        let made = org(
            "POST", "/api/v1/iam/roles", ["label": "Helper", "description": "d", "permissions": ["okta.users.read"]])
        let path = "/api/v1/iam/roles/\(made.id)"
        for response in [made.json, org("GET", path).json, org("GET", "/api/v1/iam/roles").json["roles"]?[0] ?? [:]] {
            let links = response["_links"]?.members ?? []
            #expect(Set(links.map(\.key)) == ["permissions", "self"])
            for link in links {
                #expect(link.value.text("href")?.hasPrefix("https://test-admin.okta.com\(path)") == true)
            }
        }
    }
}
