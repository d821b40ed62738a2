import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: entries of the catalog")
struct CatalogEntryTests {
    private let v1 = "/governance/api/v1"
    private let v2 = "/governance/api/v2"
    /// With it, a new user is active.
    private let password = "Password-1234"

    /// Returns the id of the entry of an app that everyone may request.
    private func entry(_ org: TestOrg, _ app: String, duration: JSON) -> String {
        let list = "\(v2)/resources/\(app)/request-conditions"
        let condition = org(
            "POST", list,
            [
                "name": "All", "approvalSequenceId": "68920b41386747a673869356", "accessDurationSettings": duration,
                "requesterSettings": ["type": "EVERYONE"], "accessScopeSettings": ["type": "RESOURCE_DEFAULT"],
            ])
        org("POST", "\(list)/\(condition.id)/activate")
        let entries = org("GET", "\(v2)/my/catalogs/default/entries?filter=not(parent%20pr)").json["data"]
        return entries?[0]?.text("id") ?? ""
    }

    @Test("Catalog entries: fields request the duration that the condition leaves open, and the recipient")
    func asksFields() {
        let org = TestOrg()
        let app = org.app()
        let me = org("GET", "/api/v1/users/me").id
        let report = org.user("ada", password: password, more: ["managerId": JSON(me)]).id
        let other = org.user("bob", password: password).id
        let entry = entry(
            org, app, duration: ["type": "REQUESTER_SPECIFIED_DURATION", "maximumDuration": "P4D"])
        let mine = "\(v2)/my/catalogs/default/entries/\(entry)"
        #expect(org("GET", "\(mine)/request-fields").json["data"]?[0]?.text("maximumValue") == "P4D")
        let find = "filter=firstName%20sw%20%22a%22%20or%20firstName%20sw%20%22b%22"
        #expect(org("GET", "\(mine)/users?\(find)").json["data"]?.count == 0)
        #expect(org("GET", "\(mine)/users").status == 400)
        org(
            "PATCH", "\(v2)/resources/\(app)/request-settings",
            ["requestOnBehalfOfSettings": ["allowed": true, "onlyFor": ["DIRECT_REPORT"]]])
        let found = org("GET", "\(mine)/users?\(find)").json["data"]?.elements ?? []
        #expect(found.compactMap { $0.text("id") } == [report])
        let fields = org("GET", "\(mine)/request-fields").json["data"]?.elements ?? []
        #expect(fields.compactMap { $0.text("id") } == ["ACCESS_DURATION", "OKTA_REQUESTED_FOR"])
        #expect(org("GET", "\(mine)/users/\(report)/request-fields").json["data"]?.count == 1)
        #expect(org("GET", "\(mine)/users/\(other)/request-fields").status == 404)
        let admin = "\(v2)/catalogs/default/entries/\(entry)/users/\(other)/request-fields"
        #expect(org("GET", admin).json["data"]?.count == 1)
    }

    @Test("Delegates: all users with a filter, otherwise the manager and the peers")
    func listsDelegates() {
        let org = TestOrg()
        let manager = org.user("max", password: password).id
        let peer = org.user("pia", password: password, more: ["managerId": JSON(manager)]).id
        let other = org.user("otto", password: password).id
        let me = org("GET", "/api/v1/users/me").id
        org("POST", "/api/v1/users/\(me)", ["profile": ["managerId": JSON(manager)]])
        let list = "\(v1)/my/settings/delegate/users"
        #expect(org("GET", list).status == 400)
        #expect(org("GET", "\(list)?filter=firstName%20sw%20%22Ot%22").json["data"]?.count == 1)
        org(
            "PATCH", "\(v1)/settings",
            ["delegates": ["enduser": ["onlyFor": [["type": "MANAGER"], ["type": "PEERS"]]]]])
        let found = org("GET", list).json["data"]?.elements ?? []
        #expect(found.compactMap { $0.text("id") } == [manager, peer])
        for (delegate, status) in [(peer, 200), (other, 400)] {
            let appointment: JSON = ["delegate": ["externalId": JSON(delegate), "type": "OKTA_USER"]]
            let response = org("PATCH", "\(v1)/my/settings", ["delegates": ["appointments": [appointment]]])
            #expect(response.status == status)
        }
    }

    @Test("Owners: a resource has up to five users or a group, and unowned resources are listed by app")
    func ownsResources() {
        let org = TestOrg()
        let app = org.app()
        let orn = org("GET", "/api/v1/apps/\(app)").json.text("orn") ?? ""
        let bundle = org(
            "POST", "\(v1)/entitlement-bundles",
            ["name": "B", "target": ["externalId": JSON(app), "type": "APPLICATION"], "entitlements": []])
        let name = bundle.json.text("orn") ?? ""
        let start = orn.split(separator: ":").prefix(2).joined(separator: ":")
        let user = "\(start):directory:o:users:\(org.user("ada").id)"
        let group = "\(start):directory:o:groups:\(org.group("Owners").id)"
        let filter = "filter=parentResourceOrn%20eq%20%22\(orn)%22"
        let unowned = "\(v1)/resource-owners/catalog/resources?\(filter)"
        #expect(org("GET", unowned).json["data"]?.count == 1)
        #expect(org("GET", unowned).json.text("parentResourceOrn") == orn)
        func own(_ owners: JSON) -> TestOrg.Response {
            org("POST", "\(v1)/resource-owners", ["principalOrns": owners, "resourceOrns": [JSON(name)]])
        }
        #expect(own([JSON(user), JSON(group)]).status == 400)
        #expect(own([JSON(group)]).json["data"]?[0]?["principals"]?[0]?.text("type") == "groups")
        #expect(own([JSON(user)]).json["data"]?[0]?["principals"]?[0]?.text("profile.email") == "ada@example.com")
        #expect(org("GET", unowned).json["data"]?.count == 0)
        #expect(org("GET", "\(v1)/resource-owners?\(filter)").json["data"]?[0]?.text("resource.orn") == name)
        #expect(org("GET", "\(v1)/resource-owners").status == 400)
        let step: JSON = [["op": "REMOVE", "path": "/principalOrn", "value": JSON(user)]]
        #expect(org("PATCH", "\(v1)/resource-owners", ["resourceOrn": JSON(name), "data": step]).status == 204)
        #expect(org("GET", "\(v1)/resource-owners?\(filter)").json["data"]?.count == 0)
    }

    @Test("Entitlement history: has each set of entitlements of a user, and the last one expires")
    func keepsHistory() {
        let org = TestOrg()
        let app = org.app()
        let user = org.user("ada").id
        let target: JSON = ["externalId": JSON(app), "type": "APPLICATION"]
        let entitlement = org(
            "POST", "\(v1)/entitlements",
            [
                "name": "License", "externalValue": "license", "dataType": "array", "multiValue": true,
                "parent": target,
                "values": [["name": "Basic", "externalValue": "b"], ["name": "Pro", "externalValue": "p"]],
            ])
        let values = entitlement.json["values"]?.elements ?? []
        func grant(_ value: JSON, _ more: JSON) {
            var body: JSON = [
                "grantType": "CUSTOM", "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
                "target": target, "action": "ALLOW", "actor": "API",
                "entitlements": [["id": JSON(entitlement.id), "values": [["id": value["id"] ?? .null]]]],
            ]
            body.merge(more)
            org("POST", "\(v1)/grants", body)
        }
        func history(_ more: String = "") -> [JSON] {
            let filter = """
                principal.externalId eq "\(user)" and principal.type eq "OKTA_USER" and \
                resource.externalId eq "\(app)" and resource.type eq "APPLICATION"\(more)
                """
            let query = PercentText.encoded(filter, inQuery: true)
            let response = org("GET", "\(v1)/principal-entitlements/history?include=counts&filter=\(query)").json
            #expect(response[path: "metadata.total"]?.int == response["entitlementHistory"]?.count)
            return response["entitlementHistory"]?.elements ?? []
        }
        #expect(history().isEmpty)
        grant(values[0], [:])
        org.clock.advance(by: 3600)
        let end = (org.clock.now + 7200).withoutFraction
        grant(values[1], ["scheduleSettings": ["expirationDate": JSON(end), "timeZone": "UTC"]])
        #expect(history().map { $0["entitlements"]?[0]?["values"]?.count ?? 0 } == [2, 1])
        #expect(history().compactMap { $0.text("lifecycle") } == ["ACTIVE", "INACTIVE"])
        org.clock.advance(by: 7201)
        #expect(history().compactMap { $0.text("lifecycle") } == ["ACTIVE", "EXPIRED", "INACTIVE"])
        #expect(history().first?.text("startDate") == end)
        #expect(history(" and endDate eq \"2000-01-01T00:00:00Z\"").isEmpty)
        #expect(org("GET", "\(v1)/principal-entitlements/history").errorCode == "E0000028")
    }
}
