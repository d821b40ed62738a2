import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for policies, their rules and authorization servers.
@Suite("Recorded orgs: policies")
struct PolicyFactTests {
    private let org = TestOrg()

    private func links(_ json: JSON?) -> Set<String> { Set((json?["_links"]?.members ?? []).map(\.key)) }

    @Test("Policies: those without an order have priority 1 and no conditions")
    func ranksPolicies() {
        for type in ["ACCESS_POLICY", "PROFILE_ENROLLMENT"] {
            for name in ["A", "B", "C"] {
                let made = org("POST", "/api/v1/policies", ["type": JSON(type), "name": JSON(name)])
                #expect(made.status == 200 && made.json["conditions"]?.kind == .null)
                #expect(made.json["description"] == nil)
                #expect(links(made.json) == ["self", "rules", "deactivate", "mappings"])
            }
            let list = org("GET", "/api/v1/policies?type=\(type)").json.elements ?? []
            #expect(list.count >= 3 && list.allSatisfy { $0["priority"]?.int == 1 })
            let ids = list.compactMap { $0.text("id") }
            #expect(ids == ids.sorted())
        }
    }

    @Test("Policies: the access policy for new apps is a system policy")
    func marksDefault() throws {
        let rows = org("GET", "/api/v1/policies?type=ACCESS_POLICY").json.elements ?? []
        let policy = try #require(rows.first { $0.text("name") == "Any two factors" })
        #expect(policy["system"]?.bool == true && policy.text("description") == "Require two factors to access.")
        #expect(policy[path: "_links.self.hints.allow"] == ["GET", "PUT"])
        #expect(policy[path: "_links.deactivate"] == nil && policy[path: "_links.mappings"] == nil)
        #expect(org("DELETE", "/api/v1/policies/\(policy.text("id") ?? "")").status == 403)
    }

    @Test("Policies: system policies cannot be changed into others or deactivated")
    func keepsSystem() throws {
        let own = try #require(org("GET", "/api/v1/policies?type=OKTA_SIGN_ON").json[0])
        #expect(own["system"]?.bool == true && links(own) == ["self", "rules"])
        var body = own
        body["system"] = false
        body["status"] = "INACTIVE"
        let replaced = org("PUT", "/api/v1/policies/\(own.text("id") ?? "")", body)
        #expect(replaced.json["system"]?.bool == true && replaced.json.text("status") == "ACTIVE")
    }

    @Test(
        "Rules: an app policy begins with a catch-all rule",
        arguments: [("ACCESS_POLICY", "appSignOn"), ("PROFILE_ENROLLMENT", "profileEnrollment")])
    func catchesAll(_ type: String, action: String) throws {
        let policy = org("POST", "/api/v1/policies", ["type": JSON(type), "name": "P"])
        let rules = org("GET", "/api/v1/policies/\(policy.id)/rules").json
        let rule = try #require(rules[0])
        #expect(rules.count == 1 && rule.text("name") == "Catch-all Rule" && rule["priority"]?.int == 99)
        #expect(rule["system"]?.bool == true && rule["conditions"]?.kind == .null)
        #expect(rule["created"] == policy.json["created"] && rule[path: "actions.\(action)"] != nil)
        #expect(rule[path: "_links.self.hints.allow"] == ["GET", "PUT"])
        #expect(org("DELETE", "/api/v1/policies/\(policy.id)").status == 204)
    }

    @Test("Rules: responses complete a rule for apps, and an active one can be deleted")
    func completesRule() {
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        let path = "/api/v1/policies/\(policy)/rules"
        let body: JSON = [
            "type": "ACCESS_POLICY", "name": "R", "conditions": ["platform": [:]],
            "actions": ["appSignOn": ["access": "ALLOW", "verificationMethod": ["type": "ASSURANCE"]]],
        ]
        let rule = org("POST", path, body)
        #expect(rule.status == 200)
        #expect(rule.json[path: "conditions.people.users.exclude"]?.count == 0)
        #expect(rule.json[path: "conditions.userType"] == ["include": [], "exclude": []])
        #expect(rule.json[path: "conditions.platform"] == nil)
        #expect(rule.json.text("actions.appSignOn.keepMeSignedIn.postAuth") == "NOT_ALLOWED")
        #expect(org("DELETE", "\(path)/\(rule.id)").status == 204)
        #expect(org("GET", "\(path)/\(rule.id)").json.text("errorSummary")?.hasSuffix("(PolicyRule)") == true)
    }

    @Test("Roles: have the labels of the Admin Console, for clients and users")
    func labelsRoles() {
        let app = org.app()
        for holder in ["/api/v1/users/\(org.user("ada").id)", "/oauth2/v1/clients/\(app)"] {
            for (type, label) in [
                ("SUPER_ADMIN", "Super Administrator"), ("APP_ADMIN", "Application Administrator"),
                ("USER_ADMIN", "Group Administrator"), ("HELP_DESK_ADMIN", "Help Desk Administrator"),
                ("GROUP_MEMBERSHIP_ADMIN", "Group Membership Administrator"),
                ("READ_ONLY_ADMIN", "Read-only Administrator"),
            ] {
                let role = org("POST", "\(holder)/roles", ["type": JSON(type)])
                #expect(role.status == 201 && role.json.text("label") == label)
                #expect(links(role.json) == ["assignee"])
            }
        }
        let targets = "/oauth2/v1/clients/\(app)/roles/KVJUKUS7IFCE2SKO/targets/groups/\(org.group("A").id)"
        #expect(org("PUT", targets).status == 204)
        let expanded = org("GET", "/oauth2/v1/clients/\(app)/roles/KVJUKUS7IFCE2SKO?expand=targets/groups").json
        #expect(expanded[path: "_embedded.targets.groups"]?[0]?.text("profile.name") == "A")
    }

    @Test("Authorization servers: a key is valid for ninety days, and four claims are always in tokens")
    func createsServer() {
        let server = org("POST", "/api/v1/authorizationServers", ["name": "A", "audiences": ["api://a"]])
        let signing = server.json[path: "credentials.signing"]
        #expect(signing?.text("lastRotated") == server.json.text("created"))
        #expect(signing?.text("nextRotation") == (org.clock.now + 90 * 86_400).text)
        let claims = org("GET", "/api/v1/authorizationServers/\(server.id)/claims").json.elements ?? []
        let always = claims.filter { $0["alwaysIncludeInToken"]?.bool == true }.compactMap { $0.text("name") }
        #expect(claims.count == 19 && Set(always) == ["sub", "name", "email", "preferred_username"])
        #expect(org("DELETE", "/api/v1/authorizationServers/\(server.id)").status == 204)
    }
}
