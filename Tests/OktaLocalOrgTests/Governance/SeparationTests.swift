import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: separation of duties, and taking access")
struct SeparationTests {
    private let org = TestOrg()
    private let path = "/governance/api/v1"
    private let app: String
    private let user: String
    private let entitlement: TestOrg.Response
    private let name: String

    init() {
        app = org.app()
        user = org.user("ada").id
        name = "orn:okta:directory:o:users:\(user)"
        entitlement = org(
            "POST", "/governance/api/v1/entitlements",
            [
                "name": "Duty", "externalValue": "duty", "dataType": "array", "multiValue": true,
                "parent": ["externalId": JSON(app), "type": "APPLICATION"],
                "values": [["name": "Approve", "externalValue": "a"], ["name": "Pay", "externalValue": "p"]],
            ])
    }

    private func value(_ position: Int) -> String { entitlement.json["values"]?[position]?.text("id") ?? "" }

    private func criterion(_ name: String, _ position: Int) -> JSON {
        [
            "name": JSON(name), "attribute": "principal.effective_grants", "operation": "CONTAINS_ONE",
            "value": [
                "type": "ENTITLEMENTS",
                "value": [["id": JSON(entitlement.id), "values": [["id": JSON(value(position))]]]],
            ],
        ]
    }

    private var rule: JSON {
        [
            "name": "Approve and pay", "type": "SEPARATION_OF_DUTIES",
            "resources": [["resourceOrn": JSON("orn:okta:idp:o:apps:oidc_client:\(app)")]],
            "conflictCriteria": ["and": [criterion("one", 0), criterion("two", 1)]],
        ]
    }

    private func grant(_ position: Int) {
        let granted = org(
            "POST", "\(path)/grants",
            [
                "grantType": "CUSTOM", "action": "ALLOW",
                "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
                "target": ["externalId": JSON(app), "type": "APPLICATION"],
                "entitlements": [["id": JSON(entitlement.id), "values": [["id": JSON(value(position))]]]],
            ])
        #expect(granted.status == 201)
    }

    private func conflicts(with position: Int) -> JSON? {
        org(
            "POST", "\(path)/risk-rule-assessments",
            [
                "principalOrn": JSON(name),
                "resourceOrn": JSON("orn:okta:governance:o:entitlement-values:\(value(position))"),
            ]
        ).json["data"]
    }

    @Test("Risk rules: show the names of their values, and who would have both sets")
    func assesses() {
        let made = org("POST", "\(path)/risk-rules", rule)
        #expect(made.status == 201 && made.json.text("status") == "ACTIVE")
        let shown = made.json[path: "conflictCriteria.and"]?[1]?[path: "value.value"]?[0]
        #expect(shown?.text("name") == "Duty" && shown?["values"]?[0]?.text("name") == "Pay")
        #expect(conflicts(with: 1)?.count == 0)
        grant(0)
        let found = conflicts(with: 1)
        #expect(found?.count == 1 && found?[0]?.text("ruleId") == made.id)
        #expect(conflicts(with: 0)?.count == 0)
        let renamed = org("PUT", "\(path)/risk-rules/\(made.id)", ["id": JSON(made.id), "name": "Other"])
        #expect(renamed.json.text("name") == "Other" && renamed.json[path: "conflictCriteria.and"]?.count == 2)
        #expect(org("DELETE", "\(path)/risk-rules/\(made.id)").status == 204)
        #expect(conflicts(with: 1)?.count == 0)
    }

    @Test(
        "Risk rules: need an app, two criteria, and values of the app",
        arguments: ["name", "type", "resources", "conflictCriteria"])
    func checksRules(_ member: String) {
        var incomplete = rule
        incomplete[member] = nil as JSON?
        #expect(org("POST", "\(path)/risk-rules", incomplete).errorCode == "E0000001")
        var other = rule
        other["conflictCriteria"]?["and"] = [criterion("one", 0)]
        #expect(org("POST", "\(path)/risk-rules", other).errorCode == "E0000001")
        var foreign = rule
        foreign["resources"] = [["resourceOrn": JSON("orn:okta:idp:o:apps:oidc_client:\(org.app())")]]
        #expect(org("POST", "\(path)/risk-rules", foreign).status == 404)
    }

    @Test("Principal access: is revoked by value and by app, with links to the remaining access")
    func revokes() {
        org("POST", "/api/v1/apps/\(app)/users", ["id": JSON(user)])
        grant(0)
        grant(1)
        let filter = """
            filter=parent.externalId%20eq%20%22\(app)%22%20and%20targetPrincipal.externalId%20eq%20%22\(user)%22
            """
        let values = {
            org("GET", "\(path)/principal-entitlements?\(filter)").json["data"]?[0]?["values"]?.elements?
                .compactMap { $0.text("name") }
        }
        let revoke = { (resource: String) in
            org(
                "POST", "/governance/api/v2/revoke-principal-access",
                ["principalOrn": JSON(name), "revokeOrns": [JSON(resource)]])
        }
        #expect(values() == ["Approve", "Pay"])
        let first = revoke("orn:okta:governance:o:entitlement-values:\(value(0))")
        #expect(first.status == 200 && values() == ["Pay"])
        let link = TestOrg.path(first.json["data"]?[0]?.text("_links.principal-access.href"))
        #expect(org("GET", link).json["additional"]?.count == 1)
        #expect(revoke("orn:okta:idp:o:apps:oidc_client:\(app)").status == 200)
        #expect(values() == nil)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 404)
        #expect(revoke("orn:okta:idp:o:apps:oidc_client:0oanothing").status == 404)
    }

    @Test("Request sequences: come from the seed, and an integration waits for consent")
    func listsOthers() {
        let list = "/governance/api/v2/resources/\(app)/request-sequences"
        #expect(org("GET", list).json["data"]?.count == 0)
        org.engine.adopt(["id": "61eb0f06c462d20007f051ac", "name": "Manager"], below: list)
        #expect(org("GET", "\(list)/61eb0f06c462d20007f051ac").json.text("name") == "Manager")
        let item = "/governance/api/v2/request-sequences/61eb0f06c462d20007f051ac"
        #expect(org("DELETE", item).status == 204 && org("DELETE", item).status == 404)
        let tools = "\(path)/settings/integrations"
        let tool = org("POST", tools, ["type": "SLACK"])
        #expect(tool.status == 201 && tool.json.text("status") == "IN_PROGRESS")
        #expect(org("GET", tools).json["data"]?[0]?["_links"] == nil)
        #expect(org("POST", tools, ["type": "PAGER"]).errorCode == "E0000001")
        #expect(org("DELETE", "\(tools)/\(tool.id)").status == 204)
        #expect(org("GET", tools).json["data"]?.count == 0)
    }
}
