import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: policies at work")
struct PolicySimulationTests {
    private struct Setup {
        let org = TestOrg()
        let app: String
        let group: String
        let zone: String
        let user: String

        init() {
            app = org("POST", "/api/v1/apps", ["name": "oidc_client", "label": "A", "signOnMode": "OPENID_CONNECT"]).id
            group = org.group("Staff").id
            zone =
                org(
                    "POST", "/api/v1/zones",
                    ["type": "IP", "name": "Office", "gateways": [["type": "CIDR", "value": "10.1.0.0/16"]]]
                ).id
            user = org.user("ada").id
            org("PUT", "/api/v1/groups/\(group)/users/\(user)")
        }

        func simulate(_ types: [String], _ context: JSON, query: String = "") -> TestOrg.Response {
            org(
                "POST", "/api/v1/policies/simulate\(query)",
                [
                    "appInstance": JSON(app), "policyTypes": JSON(types.map { JSON($0) }), "policyContext": context,
                ])
        }

        /// Returns the applicable policy and rule.
        func match(_ type: String, _ context: JSON) -> [String?] {
            let policy = simulate([type], context).json[path: "evaluation"]?[0]?[path: "result.policies"]?[0]
            return [policy?.text("name"), policy?["rules"]?[0]?.text("name")]
        }
    }

    @Test("Simulation: the first policy with matching groups and zones applies, otherwise the default")
    func simulatesSignOn() {
        let setup = Setup()
        let org = setup.org
        let policy = org(
            "POST", "/api/v1/policies",
            [
                "type": "OKTA_SIGN_ON", "name": "Staff",
                "conditions": ["people": ["groups": ["include": [JSON(setup.group)]]]],
            ])
        org(
            "POST", "/api/v1/policies/\(policy.id)/rules",
            [
                "name": "Office", "conditions": ["network": ["connection": "ZONE", "include": [JSON(setup.zone)]]],
            ])
        let user: JSON = ["id": JSON(setup.user)]
        #expect(setup.match("OKTA_SIGN_ON", ["user": user, "ip": "10.1.2.3"]) == ["Staff", "Office"])
        #expect(setup.match("OKTA_SIGN_ON", ["user": user, "ip": "10.2.2.3"]) == ["Default Policy", "Default Rule"])
        #expect(
            setup.match("OKTA_SIGN_ON", ["groups": ["ids": [JSON(setup.group)]], "zones": ["ids": [JSON(setup.zone)]]])
                == ["Staff", "Office"])
        let other = org.user("bob").id
        #expect(setup.match("OKTA_SIGN_ON", ["user": ["id": JSON(other)], "ip": "10.1.2.3"])[0] == "Default Policy")
        // Inactive policies are not evaluated.
        #expect(org("POST", "/api/v1/policies/\(policy.id)/lifecycle/deactivate").status == 204)
        #expect(setup.match("OKTA_SIGN_ON", ["user": user, "ip": "10.1.2.3"])[0] == "Default Policy")
    }

    @Test("Simulation: the app's policy applies, rule by rule, with device, risk and users")
    func simulatesAccess() {
        let setup = Setup()
        let org = setup.org
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "Strict"]).id
        #expect(org("PUT", "/api/v1/apps/\(setup.app)/policies/\(policy)").status == 204)
        func add(_ name: String, _ priority: Int, _ conditions: JSON) {
            let rule = org(
                "POST", "/api/v1/policies/\(policy)/rules",
                ["name": JSON(name), "priority": JSON(priority), "conditions": conditions])
            #expect(rule.status == 200)
        }
        add("Excluded", 1, ["people": ["users": ["exclude": [JSON(setup.user)]]], "riskScore": ["level": "HIGH"]])
        add("Phones", 2, ["platform": ["include": [["type": "MOBILE", "os": ["type": "IOS"]]]]])
        add("Managed", 3, ["device": ["registered": true, "managed": true]])
        let user: JSON = ["id": JSON(setup.user)]
        func rule(_ context: JSON) -> String? { setup.match("ACCESS_POLICY", context)[1] }
        #expect(rule(["user": user, "device": ["platform": "IOS"], "risk": ["level": "HIGH"]]) == "Phones")
        let mac: JSON = ["platform": "MACOS", "registered": true, "managed": true]
        #expect(rule(["user": user, "device": mac]) == "Managed")
        #expect(rule(["user": user, "device": ["platform": "MACOS", "registered": false]]) == "Catch-all Rule")
        #expect(rule(["groups": ["ids": []], "risk": ["level": "HIGH"]]) == "Excluded")
    }

    @Test("Simulation: a condition without data in the request is undefined")
    func leavesUndefined() throws {
        let setup = Setup()
        let org = setup.org
        let policy = org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": "Zone"]).id
        org(
            "POST", "/api/v1/policies/\(policy)/rules",
            ["name": "Z", "conditions": ["network": ["connection": "ZONE", "exclude": [JSON(setup.zone)]]]])
        let response = setup.simulate(["OKTA_SIGN_ON"], ["user": ["id": JSON(setup.user)]], query: "?expand=EVALUATED")
        let evaluation = try #require(response.json["evaluation"]?[0])
        let undefined = evaluation[path: "undefined.policies"]?[0]
        #expect(undefined?.text("name") == "Zone")
        #expect(undefined?["rules"]?[0]?["conditions"]?[0]?.text("type") == "network.exclude")
        #expect(undefined?["rules"]?[0]?["conditions"]?[0]?.text("status") == "UNDEFINED")
        #expect(evaluation[path: "result.policies"]?[0]?.text("name") == "Default Policy")
    }

    @Test("Simulation: unknown objects and types, lists, and a user together with groups are rejected")
    func refusesSimulation() {
        let setup = Setup()
        let org = setup.org
        #expect(org("POST", "/api/v1/policies/simulate", ["appInstance": "0oaunknown"]).errorCode == "E0000007")
        #expect(setup.simulate(["PASSWORD"], [:]).errorCode == "E0000001")
        #expect(setup.simulate(["OKTA_SIGN_ON"], ["user": ["id": "00uunknown"]]).status == 404)
        #expect(setup.simulate(["OKTA_SIGN_ON"], ["groups": ["ids": ["00gunknown"]]]).status == 404)
        #expect(setup.simulate(["OKTA_SIGN_ON"], ["zones": ["ids": ["nzounknown"]]]).status == 404)
        #expect(setup.simulate(["OKTA_SIGN_ON"], ["ip": "300.1.1.1"]).status == 400)
        let both: JSON = ["user": ["id": JSON(setup.user)], "groups": ["ids": [JSON(setup.group)]]]
        #expect(setup.simulate(["OKTA_SIGN_ON"], both).status == 400)
        #expect(org("POST", "/api/v1/policies/simulate", [["appInstance": JSON(setup.app)]]).errorCode == "E0000003")
    }
}
