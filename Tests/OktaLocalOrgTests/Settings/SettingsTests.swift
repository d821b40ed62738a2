import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: realms and settings")
struct SettingsTests {
    @Test("Realms: the type is never shown, and a realm with users cannot be deleted")
    func createsRealms() {
        let org = TestOrg { $0.features.realms = true }
        for (name, type) in [("A", "DEFAULT"), ("B", "PARTNER"), ("C", "PARTNER")] {
            let realm = org("POST", "/api/v1/realms", ["profile": ["name": JSON(name), "realmType": JSON(type)]])
            #expect(realm.json[path: "profile.realmType"] == nil)
            #expect(realm.json[path: "profile.domains"]?.count == 0)
            #expect(realm.json["isDefault"]?.bool == false)
        }
        #expect(org("POST", "/api/v1/realms", ["profile": ["name": "A"]]).status == 400)
        let realms = org("GET", "/api/v1/realms").json.elements ?? []
        let ids = realms.compactMap { $0.text("id") }
        #expect(ids == ids.sorted())
        let own = realms.first { $0["isDefault"]?.bool == true }?.text("id") ?? ""
        #expect(org("DELETE", "/api/v1/realms/\(own)").errorCode == "E0000178")
        #expect(org("DELETE", "/api/v1/realms/\(ids.last ?? "")").status == 204)
    }

    @Test("Realm assignments: users with matching profiles move to the realm")
    func movesUsers() {
        let org = TestOrg { $0.features.realms = true }
        let realm = org("POST", "/api/v1/realms", ["profile": ["name": "Sales"]]).id
        let user = org.user("ada", more: ["department": "Sales"]).id
        let other = org.user("bob").id
        let assignment = org(
            "POST", "/api/v1/realm-assignments",
            [
                "name": "A", "conditions": ["expression": ["value": "user.profile.department == \"Sales\""]],
                "actions": ["assignUserToRealm": ["realmId": JSON(realm)]],
            ])
        #expect(assignment.json["status"]?.string == "INACTIVE")
        let operation = org("POST", "/api/v1/realm-assignments/operations", ["assignmentId": JSON(assignment.id)])
        #expect(operation.status == 201)
        #expect(operation.json["numUserMoved"]?.int == 1)
        #expect(org("GET", "/api/v1/users/\(user)").json["realmId"]?.string == realm)
        #expect(org("GET", "/api/v1/users/\(other)").json["realmId"]?.string != realm)
        #expect(org("DELETE", "/api/v1/realms/\(realm)").errorCode == "E0000178")
    }

    @Test("Features: one with dependencies is rejected until they are on, or enables them by force")
    func togglesFeatures() throws {
        let org = TestOrg()
        func feature(_ name: String) throws -> String {
            try #require(org("GET", "/api/v1/features").json.elements?.first { $0.text("name") == name }?.text("id"))
        }
        let needy = try feature("Identity threat detection")
        let needed = try feature("Continuous access")
        let path = "/api/v1/features"
        #expect(org("GET", "\(path)/\(needy)/dependencies").json.count == 2)
        #expect(org("GET", "\(path)/\(needed)/dependents").json.count == 1)
        #expect(org("POST", "\(path)/\(needy)/ENABLE").errorCode == "E0000141")
        #expect(org("POST", "\(path)/\(needy)/ENABLE?mode=force").json["status"]?.string == "ENABLED")
        #expect(org("GET", "\(path)/\(needed)").json["status"]?.string == "ENABLED")
        #expect(org("POST", "\(path)/\(needed)/disable").errorCode == "E0000141")
        for _ in 0..<2 { #expect(org("POST", "\(path)/\(needy)/DISABLE").json["status"]?.string == "DISABLED") }
        #expect(org("POST", "\(path)/\(needed)/disable").status == 200)
        #expect(org("POST", "\(path)/\(needed)/toggle").status == 405)
    }

    @Test("Org settings: contacts are users, support access expires, and each switch has its own call")
    func changesOrg() {
        let org = TestOrg()
        let user = org.user("ada").id
        let contact = org("PUT", "/api/v1/org/contacts/BILLING", ["userId": JSON(user)])
        #expect(contact.json[path: "_links.user.href"]?.string?.hasSuffix(user) == true)
        #expect(org("PUT", "/api/v1/org/contacts/BILLING", ["userId": "00uunknown"]).status == 404)
        #expect(org("PUT", "/api/v1/org/contacts/OTHER", ["userId": JSON(user)]).status == 404)
        #expect(org("GET", "/api/v1/org/contacts").json.count == 2)
        let support = "/api/v1/org/privacy/oktaSupport"
        let granted = org("POST", "\(support)/grant").json
        #expect(granted["support"]?.string == "ENABLED")
        let extended = org("POST", "\(support)/extend").json
        let dates = [granted, extended].compactMap { OrgTime($0.text("expiration"))?.seconds }
        #expect(dates.count == 2 && dates[1] - dates[0] == 86_400)
        org.clock.advance(by: 3 * 86_400)
        #expect(org("GET", support).json["support"]?.string == "DISABLED")
        let hidden = org("POST", "/api/v1/org/preferences/hideEndUserFooter").json
        #expect(hidden["showEndUserFooter"]?.bool == false)
        #expect(hidden["_links"]?.members?.map(\.key) == ["showEndUserFooter"])
        let third = org("POST", "/api/v1/org/orgSettings/thirdPartyAdminSetting", ["thirdPartyAdmin": true])
        #expect(third.json["thirdPartyAdmin"]?.bool == true)
        #expect(org("GET", "/api/v1/org/privacy/aerial").status == 404)
    }

    @Test("ThreatInsight: omitted zones are no longer excluded")
    func configuresThreats() {
        let org = TestOrg()
        let path = "/api/v1/threats/configuration"
        let set = org("POST", path, ["action": "block", "excludeZones": ["nzo1"]])
        #expect(set.json["excludeZones"]?.count == 1)
        #expect(org("POST", path, ["action": "audit"]).json["excludeZones"]?.count == 0)
        #expect(org("POST", path, ["action": "panic"]).status == 400)
    }

    @Test("Rate limits: settings have limits, and a principal has one entity")
    func limitsPrincipals() {
        let org = TestOrg()
        let threshold = "/api/v1/rate-limit-settings/warning-threshold"
        for (value, status) in [(30, 200), (90, 200), (29, 400), (91, 400)] {
            #expect(org("PUT", threshold, ["warningThreshold": JSON(value)]).status == status)
        }
        #expect(org("PUT", "/api/v1/rate-limit-settings/per-client", ["defaultMode": "SOMETIMES"]).status == 400)
        let path = "/api/v1/principal-rate-limits"
        let body: JSON = ["principalId": "00T1", "principalType": "SSWS_TOKEN"]
        let entity = org("POST", path, body)
        #expect(entity.json["defaultPercentage"]?.int == 50)
        #expect(entity.json["createdDate"]?.string?.contains(".") == false)
        #expect(org("POST", path, body).status == 400)
        #expect(org("GET", path).status == 400)
        #expect(org("GET", "\(path)?filter=principalType%20eq%20%22SSWS_TOKEN%22").json.count == 1)
        #expect(org("DELETE", "\(path)/\(entity.id)").status == 405)
    }

    @Test("Security keys: models are added, changed and removed by their UUID")
    func addsModels() throws {
        let org = TestOrg()
        let key = try #require(
            org("GET", "/api/v1/authenticators").json.elements?.first { $0.text("key") == "webauthn" }?.text("id"))
        let path = "/api/v1/authenticators/\(key)/aaguids"
        let id = "cb69481e-8ff7-4039-93ec-0a2729a154a8"
        #expect(org("POST", path, ["aaguid": "nonsense"]).status == 400)
        #expect(org("POST", path, ["aaguid": JSON(id), "name": "K"]).status == 200)
        #expect(org("POST", path, ["aaguid": JSON(id)]).status == 400)
        let patched = org("PATCH", "\(path)/\(id)", ["authenticatorCharacteristics": ["fipsCompliant": true]])
        #expect(patched.json[path: "authenticatorCharacteristics.fipsCompliant"]?.bool == true)
        #expect(patched.json["name"]?.string == "K")
        #expect(org("DELETE", "\(path)/\(id)").status == 204)
        #expect(org("GET", path).json.count == 0)
        let password = org("GET", "/api/v1/authenticators").json.elements?.first { $0.text("key") == "okta_password" }
        #expect(org("GET", "/api/v1/authenticators/\(password?.text("id") ?? "")/aaguids").errorCode == "E0000015")
    }

    @Test("SMS templates: names and texts have a maximum length, and the type is fixed")
    func limitsTemplates() {
        let org = TestOrg()
        let path = "/api/v1/templates/sms"
        func create(_ name: String, _ text: String, _ type: String = "SMS_VERIFY_CODE") -> TestOrg.Response {
            org("POST", path, ["name": JSON(name), "type": JSON(type), "template": JSON(text)])
        }
        #expect(create(String(repeating: "n", count: 51), "x").status == 400)
        #expect(create("n", String(repeating: "x", count: 162)).status == 400)
        #expect(create("n", "x", "OTHER").status == 400)
        let template = create("n", "Your code is ${code}")
        let merged = org("POST", "\(path)/\(template.id)", ["translations": ["de": "Ihr Code: ${code}"]])
        #expect(merged.json[path: "translations.de"]?.string == "Ihr Code: ${code}")
        #expect(merged.json["name"]?.string == "n")
        #expect(org("DELETE", "\(path)/\(template.id)").status == 204)
    }

    @Test("API tokens: only metadata is returned, and the network is limited to existing zones")
    func limitsTokens() {
        let org = TestOrg()
        org.engine.adopt(["id": "00T1", "name": "T", "userId": "00u1"], below: "/api/v1/api-tokens")
        let zone = org(
            "POST", "/api/v1/zones",
            ["type": "IP", "name": "Z", "gateways": [["type": "CIDR", "value": "10.0.0.0/8"]]]
        ).id
        let path = "/api/v1/api-tokens/00T1"
        let network: JSON = ["connection": "ZONE", "include": [JSON(zone)]]
        #expect(org("PUT", path, ["name": "T", "network": network]).json[path: "network.include"]?[0]?.string == zone)
        #expect(org("PUT", path, ["network": ["connection": "ZONE", "include": ["nzounknown"]]]).status == 404)
        #expect(org("DELETE", path).status == 204)
        #expect(org("DELETE", path).json["errorSummary"]?.string?.hasSuffix("(Token)") == true)
    }
}
