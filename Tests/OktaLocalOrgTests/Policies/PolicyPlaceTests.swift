import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: the places of policies and rules")
struct PolicyPlaceTests {
    @Test("Policies: app policies always have priority 1")
    func ignoresPriority() {
        let org = TestOrg()
        for number in 1...3 {
            org(
                "POST", "/api/v1/policies",
                ["type": "ACCESS_POLICY", "name": JSON("P\(number)"), "priority": JSON(number)])
        }
        let rows = org("GET", "/api/v1/policies?type=ACCESS_POLICY").json.elements ?? []
        #expect(rows.count == 6)
        #expect(rows.allSatisfy { $0["priority"]?.int == 1 && $0["conditions"]?.kind == .null })
        let ids = rows.compactMap { $0.text("id") }
        #expect(ids == ids.sorted())
    }

    @Test("Policies: priorities close up after a deletion, and an active policy with rules can be deleted")
    func closesGaps() {
        let org = TestOrg()
        let ids = ["A", "B", "C"].map { org("POST", "/api/v1/policies", ["type": "PASSWORD", "name": JSON($0)]).id }
        org("POST", "/api/v1/policies/\(ids[1])/rules", ["name": "r"])
        #expect(org("DELETE", "/api/v1/policies/\(ids[1])").status == 204)
        let rows = org("GET", "/api/v1/policies?type=PASSWORD").json.elements ?? []
        #expect(rows.compactMap { $0.text("name") } == ["A", "C", "Default Policy"])
        #expect(rows.compactMap { $0["priority"]?.int } == [1, 2, 3])
        #expect(org("GET", "/api/v1/policies/\(ids[1])").json["errorSummary"]?.string?.hasSuffix("(Policy)") == true)
    }

    @Test("Policy rules: an active rule can be deleted, and later ones move up")
    func closesRules() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": "P"]).id
        let path = "/api/v1/policies/\(policy)/rules"
        let rules = ["a", "b", "c"].map { org("POST", path, ["name": JSON($0)]) }
        #expect(rules.map { $0.json["priority"]?.int } == [1, 2, 3])
        #expect(rules.allSatisfy { $0.status == 200 && $0.json["status"]?.string == "ACTIVE" })
        #expect(org("DELETE", "\(path)/\(rules[0].id)").status == 204)
        #expect(org("GET", path).json.elements?.compactMap { $0["priority"]?.int } == [1, 2])
        let moved = org("PUT", "\(path)/\(rules[2].id)", ["name": "c", "priority": 1])
        #expect(moved.json["priority"]?.int == 1)
        #expect(org("GET", path).json.elements?.compactMap { $0.text("name") } == ["c", "b"])
    }

    @Test(
        "Policies: an app policy has a catch-all rule that can only be read and changed",
        arguments: ["ACCESS_POLICY", "PROFILE_ENROLLMENT"])
    func catchesAll(type: String) throws {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": JSON(type), "name": "P"])
        let path = "/api/v1/policies/\(policy.id)/rules"
        let rule = try #require(org("GET", path).json[0])
        #expect(rule["created"] == policy.json["created"])
        #expect(rule["system"]?.bool == true)
        #expect(rule["priority"]?.int == 99)
        #expect(rule["conditions"]?.kind == .null)
        #expect(rule["_links"]?.members?.map(\.key) == ["self"])
        #expect(rule[path: "_links.self.hints.allow"] == ["GET", "PUT"])
        let id = rule.text("id") ?? ""
        let own = "\(path)/\(id)"
        #expect(org("POST", "\(own)/lifecycle/deactivate").status == 403)
        #expect(org("PUT", own, ["name": "Other", "actions": [:], "priority": 3]).errorCode == "E0000077")
        let changed = org("PUT", own, ["name": "Other", "conditions": ["people": [:]], "actions": [:]])
        #expect(changed.status == 200)
        #expect(changed.json["conditions"]?.kind == .null)
        #expect(changed.json["priority"]?.int == 99)
    }

    @Test("Policies: system policies can be changed, but not deleted, activated or deactivated")
    func keepsSystemPolicies() throws {
        let org = TestOrg()
        for type in ["PASSWORD", "OKTA_SIGN_ON", "MFA_ENROLL", "IDP_DISCOVERY"] {
            let policy = try #require(
                org("GET", "/api/v1/policies?type=\(type)").json.elements?.first { $0["system"]?.bool == true })
            let path = "/api/v1/policies/\(policy.text("id") ?? "")"
            #expect(org("DELETE", path).status == 403)
            #expect(org("POST", "\(path)/lifecycle/deactivate").status == 403)
            var body = policy
            body["system"] = false
            let changed = org("PUT", path, body)
            #expect(changed.status == 200)
            #expect(changed.json["system"]?.bool == true)
        }
        #expect(org("POST", "/api/v1/policies", ["type": "IDP_DISCOVERY", "name": "x"]).status == 400)
        #expect(org("POST", "/api/v1/policies", ["type": "NONSENSE", "name": "x"]).status == 400)
        #expect(org("GET", "/api/v1/policies?type=NONSENSE").status == 400)
    }

    @Test("Seeds: a system policy replaces the initial one of its name, and its place stays the same")
    func replacesInitial() {
        let org = TestOrg()
        let app = org.app()
        for type in ["PASSWORD", "ACCESS_POLICY"] {
            let list = "/api/v1/policies?type=\(type)"
            let initial = org("GET", list).json.elements ?? []
            var policy = initial.first { $0["system"]?.bool == true } ?? .null
            policy["id"] = JSON("rst" + type)
            #expect(org.engine.adopt(policy, below: "/api/v1/policies"))
            let rows = org("GET", list).json.elements ?? []
            #expect(rows.count == initial.count && rows.contains { $0.text("id") == "rst" + type })
        }
        let link = org("GET", "/api/v1/apps/\(app)").json.text("_links.accessPolicy.href")
        #expect(link?.hasSuffix("/rstACCESS_POLICY") == true)
    }

    @Test("Policies: a list needs a type; it finds names by their beginning, and sorts by name on request")
    func listsPolicies() {
        let org = TestOrg()
        for target in ["/api/v1/policies", "/api/v1/policies?type=", "/api/v1/policies?status=ACTIVE"] {
            let refused = org("GET", target)
            #expect(refused.status == 400 && refused.errorCode == "E0000028")
            #expect(refused.json.text("errorSummary") == "The request is missing a required parameter.")
        }
        for name in ["Beta", "Alpha", "Not Beta"] {
            org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": JSON(name)])
        }
        let names = { (query: String) in
            let list = org("GET", "/api/v1/policies?type=OKTA_SIGN_ON\(query)").json.elements ?? []
            return list.compactMap { $0.text("name") }
        }
        #expect(names("") == ["Beta", "Alpha", "Not Beta", "Default Policy"])
        #expect(names("&q=be") == ["Beta"])
        #expect(names("&sortBy=name") == ["Alpha", "Beta", "Default Policy", "Not Beta"])
    }

    @Test("Policies: an app shows its assigned policy, even after repeated assignments")
    func assignsPolicy() {
        let org = TestOrg()
        let app = org.app()
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        for _ in 0..<2 { #expect(org("PUT", "/api/v1/apps/\(app)/policies/\(policy)").status == 204) }
        let link = org("GET", "/api/v1/apps/\(app)").json[path: "_links.accessPolicy.href"]?.string
        #expect(link?.hasSuffix(policy) == true)
        let mapping = org("GET", "/api/v1/policies/\(policy)/mappings").json[0]?.text("id") ?? ""
        #expect(mapping == "\(policy)-\(app)")
        #expect(org("GET", "/api/v1/policies/\(policy)/mappings/\(mapping)").status == 200)
        #expect(org("POST", "/api/v1/policies/\(policy)/mappings", ["resourceId": "x"]).status == 400)
        // The app of a policy that is deleted falls back to the org's own.
        #expect(org("DELETE", "/api/v1/policies/\(policy)").status == 204)
        let fallback = org("GET", "/api/v1/apps/\(app)").json[path: "_links.accessPolicy.href"]?.string
        #expect(fallback?.hasSuffix(policy) == false)
    }

    @Test("Policies: a clone has the rules of the original, and its response has no dates")
    func clones() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        org("POST", "/api/v1/policies/\(policy)/rules", ["name": "r", "priority": 1])
        let copy = org("POST", "/api/v1/policies/\(policy)/clone")
        #expect(copy.json["name"]?.string == "[cloned] P")
        #expect(copy.json["created"]?.kind == .null)
        let names = org("GET", "/api/v1/policies/\(copy.id)/rules").json.elements?.compactMap { $0.text("name") }
        #expect(names == ["r", "Catch-all Rule"])
        let password = org("POST", "/api/v1/policies", ["type": "PASSWORD", "name": "P"]).id
        #expect(org("POST", "/api/v1/policies/\(password)/clone").status == 400)
    }

    @Test("Policy rules: omitting the expression of an access rule clears it")
    func clearsExpression() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        let path = "/api/v1/policies/\(policy)/rules"
        let rule = org(
            "POST", path, ["name": "r", "conditions": ["elCondition": ["condition": "security.risk == 'HIGH'"]]])
        #expect(rule.json[path: "conditions.elCondition.condition"] != nil)
        #expect(rule.json[path: "conditions.userType.include"]?.count == 0)
        #expect(rule.json[path: "conditions.people.users.exclude"]?.count == 0)
        #expect(rule.json[path: "actions.appSignOn.keepMeSignedIn.postAuth"]?.string == "NOT_ALLOWED")
        let replaced = org("PUT", "\(path)/\(rule.id)", ["name": "r", "conditions": [:], "actions": [:]])
        #expect(replaced.json[path: "conditions.elCondition"] == nil)
        #expect(
            org("PUT", "\(path)/\(rule.id)", ["name": "r", "conditions": ["network": ["connection": "ZONE"]]]).status
                == 400)
    }
}
