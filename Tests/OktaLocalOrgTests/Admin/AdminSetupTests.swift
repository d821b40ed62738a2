import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: bundles of roles, providers and devices that admins set up")
struct AdminSetupTests {
    private let org = TestOrg()

    @Test("Governance bundles: roles and targets exist, entitlements and values are listed")
    func bundlesRoles() throws {
        let path = "/api/v1/iam/governance/bundles"
        let group = org.group("A").id
        let set = org("POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "d", "resources": []]).id
        let role = org("POST", "/api/v1/iam/roles", ["label": "Helper", "description": "d", "permissions": []]).id
        for entitlement in [
            ["role": "NOBODY"], ["role": "USER_ADMIN", "targets": ["x"]], ["role": JSON(role), "resourceSets": ["x"]],
        ] as [JSON] {
            #expect(org("POST", path, ["name": "B", "entitlements": [entitlement]]).status == 404)
        }
        let made = org(
            "POST", path,
            [
                "name": "B", "description": "d",
                "entitlements": [
                    ["role": "USER_ADMIN", "targets": [JSON(group)]],
                    ["role": JSON(role), "resourceSets": [JSON(set)]],
                ],
            ])
        #expect(made.status == 200 && made.id.hasPrefix("0bb") && made.json.text("status") == "ACTIVE")
        #expect(made.json["entitlements"] == nil && made.json.text("orn")?.hasSuffix(":bundles:\(made.id)") == true)
        let list = org("GET", "\(path)/\(made.id)/entitlements").json
        #expect(list["entitlements"]?.elements?.compactMap { $0.text("name") } == ["Group Administrator", "Helper"])
        let first = try #require(list["entitlements"]?[0]?.text("_links.values.href"))
        let values = org("GET", TestOrg.path(first)).json
        #expect(values["entitlementValues"]?[0]?.text("name") == "A")
        #expect(values["entitlementValues"]?[0]?[path: "_links.group"] != nil)
        org("POST", path, ["name": "C"])
        let page = org("GET", "\(path)?limit=1").json
        #expect(page["bundles"]?.count == 1)
        let next = try #require(page.text("_links.next.href"))
        #expect(org("GET", TestOrg.path(next)).json["bundles"]?[0]?.text("name") == "C")
        #expect(org("PUT", "\(path)/\(made.id)", ["name": "D"]).json.text("name") == "D")
        #expect(org("DELETE", "\(path)/\(made.id)").status == 204)
    }

    @Test("Governance: entitlement management is on or off by the next read")
    func optsIn() {
        let path = "/api/v1/iam/governance"
        let status = { org("GET", "\(path)/optIn").json.text("optInStatus") }
        #expect(status() == "OPTED_OUT")
        #expect(org("POST", "\(path)/optIn").json.text("optInStatus") == "OPTING_IN")
        #expect(status() == "OPTED_IN")
        #expect(org("POST", "\(path)/optIn").json.text("optInStatus") == "OPTED_IN")
        #expect(org("POST", "\(path)/optOut").json.text("optInStatus") == "OPTING_OUT")
        #expect(status() == "OPTED_OUT")
    }

    @Test("Telephony: one provider is primary, and an active one is deleted only if another remains")
    func providesTelephony() {
        let path = "/api/v1/telephony-providers"
        let body = { (name: JSON) -> JSON in
            [
                "providerName": name, "providerCapability": "ALL", "providerSid": "s", "providerAuthToken": "t",
                "providerSettings": ["sms": ["twilioPhoneNumber": "+1"]],
            ]
        }
        let first = org("POST", path, body("TWILIO"))
        #expect(first.status == 201 && first.json["providerAuthToken"] == nil)
        #expect(first.json["isPrimaryProvider"]?.bool == true && first.json["enabled"]?.bool == true)
        #expect(org("POST", path, body("TWILIO")).status == 400)
        let second = org("POST", path, body("TELESIGN"))
        #expect(second.json["isPrimaryProvider"]?.bool == false)
        #expect(org("POST", "\(path)/\(first.id)/lifecycle/deactivate").status == 400)
        #expect(org("POST", "\(path)/\(second.id)/setAsPrimary").json["isPrimaryProvider"]?.bool == true)
        #expect(org("GET", "\(path)/\(first.id)").json["isPrimaryProvider"]?.bool == false)
        #expect(org("DELETE", "\(path)/\(first.id)").status == 400)
        #expect(org("POST", "\(path)/\(first.id)/lifecycle/deactivate").json["enabled"]?.bool == false)
        #expect(org("POST", "\(path)/\(first.id)/setAsPrimary").status == 400)
        let changed = org("PATCH", "\(path)/\(first.id)", ["providerSid": "u", "providerName": "TELESIGN"])
        #expect(changed.json.text("providerSid") == "u" && changed.json.text("providerName") == "TWILIO")
        let test: JSON = ["factor": "SMS", "phoneNumber": "+15551234567", "countryCodeIso2": "US"]
        #expect(org("POST", "\(path)/\(second.id)/test", test).status == 204)
        #expect(org("DELETE", "\(path)/\(first.id)").status == 204)
    }

    @Test("Device integrations: every org has the same ones, and can turn them on and off")
    func integratesDevices() throws {
        let path = "/api/v1/device-integrations"
        let list = org("GET", path).json.elements ?? []
        #expect(list.count == 5 && list.allSatisfy { $0.text("status") == "DEACTIVATED" })
        let chrome = try #require(list.first { $0.text("name") == "com.google.dtc" }?.text("id"))
        let active = org("POST", "\(path)/\(chrome)/lifecycle/activate").json
        #expect(active.text("status") == "ACTIVE" && active[path: "_links.deactivate"] != nil)
        #expect(active.text("metadata.type") == "CHROME")
        #expect(org("GET", "\(path)/\(chrome)").json == active)
        #expect(org("POST", "\(path)/\(chrome)/lifecycle/deactivate").json[path: "_links.activate"] != nil)
    }

    @Test("YubiKeys: seeds are uploaded once, and listed without secrets")
    func uploadsSeeds() {
        let path = "/api/v1/org/factors/yubikey_token/tokens"
        let seed: JSON = [
            "serialNumber": "7886622", "publicId": "ccccccijgibu", "privateId": "b74be6169486",
            "aesKey": "1fcc6d8ce39bf1604e0b17f3e0a11067",
        ]
        let made = org("POST", path, seed)
        #expect(made.status == 200 && made.json.text("profile.serial") == "000007886622")
        #expect(made.json.text("status") == "UNASSIGNED" && made.json["aesKey"] == nil)
        #expect(org("POST", path, seed).status == 400)
        var wrong = seed
        wrong["aesKey"] = "xyz"
        #expect(org("POST", path, wrong).status == 400)
        #expect(org("GET", "\(path)?q=78866").json.count == 1 && org("GET", "\(path)?q=99").json.count == 0)
    }

    @Test("Security keys: prepared for a user, activated once, or marked as failed")
    func preparesKeys() throws {
        let path = "/webauthn-registration/api/v1"
        let user = org.user("ada").id
        let prepared = org(
            "POST", "\(path)/enroll",
            [
                "userId": JSON(user), "fulfillmentProvider": "yubico", "enrollmentRpIds": ["a.okta.com", "b.okta.com"],
                "yubicoTransportKeyJWK": [
                    "kty": "EC", "crv": "P-384", "kid": "k", "use": "enc", "x": "x", "y": "y",
                ],
            ])
        let requests = prepared.json["credRequests"]?.elements ?? []
        #expect(prepared.status == 200 && requests.count == 2)
        let ids = requests.compactMap { $0.text("authenticatorEnrollmentId") }
        let list = { (org("GET", "\(path)/users/\(user)/enrollments").json.elements ?? []) }
        #expect(list().compactMap { $0.text("status") } == ["PENDING_ACTIVATION", "PENDING_ACTIVATION"])
        let activation: JSON = [
            "userId": JSON(user), "fulfillmentProvider": "yubico", "pinResponseJwe": "j", "serial": "1",
            "credResponses": [["authenticatorEnrollmentId": JSON(ids[0]), "credResponseJwe": "j"]],
        ]
        #expect(org("POST", "\(path)/activate", activation).json["authenticatorEnrollmentIds"] == [JSON(ids[0])])
        #expect(org("POST", "\(path)/activate", activation).status == 400)
        let pin: JSON = [
            "userId": JSON(user), "fulfillmentProvider": "yubico", "authenticatorEnrollmentId": JSON(ids[0]),
        ]
        #expect(org("POST", "\(path)/send-pin", pin).status == 204)
        #expect(org.engine.messages.last?.address == "ada@example.com")
        #expect(org("POST", "\(path)/users/\(user)/enrollments/\(ids[1])/mark-error").status == 204)
        #expect(list().compactMap { $0.text("status") } == ["ACTIVE", "FULFILLMENT_ERRORED"])
        #expect(org("DELETE", "\(path)/users/\(user)/enrollments/\(ids[0])").status == 204)
        #expect(list().count == 1)
    }

    @Test("Bot protection: enforcement needs a kind and a protected page")
    func protects() {
        let path = "/api/v1/bot-protection/configuration"
        #expect(org("GET", path).json.text("mode") == "LOG_ONLY")
        let enforced = org("POST", path, ["level": "MEDIUM", "mode": "ENFORCED"])
        #expect(
            enforced.causes == [
                "enforcementType: Api validation failed: enforcementType must be provided when mode is ENFORCED"
            ])
        #expect(org("POST", path, ["mode": "DISABLED"]).causes == ["level: The field cannot be left blank"])
        let none = org("POST", path, ["level": "LOW", "mode": "LOG_ONLY", "supportedFlows": []])
        #expect(none.json.text("errorSummary") == "Api validation failed: supportedFlows")
        let set = org("POST", path, ["level": "HIGH", "mode": "ENFORCED", "enforcementType": "OKTA_CHALLENGE"])
        #expect(set.json.text("enforcementType") == "OKTA_CHALLENGE" && set.json["supportedFlows"]?.count == 3)
    }

    @Test("Admin Console: session settings have limits, and apply to no other app")
    func limitsConsole() {
        let path = "/api/v1/first-party-app-settings/admin-console"
        #expect(org("GET", path).json["sessionMaxLifetimeMinutes"]?.int == 720)
        #expect(org("PUT", path, ["sessionIdleTimeoutMinutes": 721]).status == 400)
        #expect(org("PUT", path, ["sessionIdleTimeoutMinutes": 30]).json["sessionIdleTimeoutMinutes"]?.int == 30)
        #expect(org("GET", "/api/v1/first-party-app-settings/other").status == 404)
    }
}
