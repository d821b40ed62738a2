import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: entitlements")
struct EntitlementTests {
    private let path = "/governance/api/v1"

    @Test("Entitlements: values have resource names, and can be changed individually")
    func createsEntitlement() {
        let org = TestOrg()
        let app = org.app()
        let body: JSON = [
            "name": "License", "externalValue": "license", "dataType": "array", "multiValue": true,
            "parent": ["externalId": JSON(app), "type": "APPLICATION"],
            "values": [["name": "Basic", "externalValue": "basic"]],
        ]
        let entitlement = org("POST", "\(path)/entitlements", body)
        #expect(entitlement.status == 201)
        #expect(entitlement.id.hasPrefix("esp"))
        let value = entitlement.json["values"]?[0]
        #expect(value?.text("orn")?.hasSuffix(":entitlement-values:\(value?.text("id") ?? "")") == true)
        #expect(entitlement.json["parentResourceOrn"]?.string?.hasSuffix(":apps:oidc_client:\(app)") == true)
        #expect(org("POST", "\(path)/entitlements", body).status == 409)
        let added: JSON = [
            [
                "op": "ADD", "path": "/values/-", "refType": "ENTITLEMENT-VALUE",
                "value": ["name": "Pro", "externalValue": "pro"],
            ]
        ]
        let patched = org("PATCH", "\(path)/entitlements/\(entitlement.id)", added)
        #expect(patched.json["values"]?.elements?.compactMap { $0.text("name") } == ["Pro"])
        #expect(org("GET", "\(path)/entitlements/\(entitlement.id)").json["values"]?.count == 2)
        let filter = "filter=parent.externalId%20eq%20%22\(app)%22%20AND%20parent.type%20eq%20%22APPLICATION%22"
        #expect(org("GET", "\(path)/entitlements?\(filter)").json["data"]?.count == 1)
        #expect(org("DELETE", "\(path)/entitlements/\(entitlement.id)").status == 204)
    }

    @Test("Grants: the values of a bundle are effective until the grant ends")
    func grantsBundle() {
        let org = TestOrg()
        let app = org.app()
        let user = org.user("ada").id
        let entitlement = org(
            "POST", "\(path)/entitlements",
            [
                "name": "License", "externalValue": "license", "dataType": "array", "multiValue": true,
                "parent": ["externalId": JSON(app), "type": "APPLICATION"],
                "values": [["name": "Basic", "externalValue": "b"], ["name": "Pro", "externalValue": "p"]],
            ])
        let pro = entitlement.json["values"]?[1]?["id"] ?? .null
        let target: JSON = ["externalId": JSON(app), "type": "APPLICATION"]
        let bundle = org(
            "POST", "\(path)/entitlement-bundles",
            [
                "name": "Pros", "target": target,
                "entitlements": [["id": JSON(entitlement.id), "values": [["id": pro]]]],
            ])
        #expect(bundle.json["status"]?.string == "ACTIVE")
        #expect(bundle.json["orn"]?.string?.hasSuffix(":entitlement-bundles:\(bundle.id)") == true)
        let grant = org(
            "POST", "\(path)/grants",
            [
                "grantType": "ENTITLEMENT-BUNDLE", "entitlementBundleId": JSON(bundle.id),
                "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
                "scheduleSettings": ["expirationDate": "2030-01-01T00:00:00Z", "timeZone": "UTC"],
            ])
        #expect(grant.status == 201)
        let filter =
            "filter=parent.externalId%20eq%20%22\(app)%22%20AND%20targetPrincipal.externalId%20eq%20%22\(user)%22"
        func values() -> [String] {
            let data = org("GET", "\(path)/principal-entitlements?\(filter)").json["data"]?.elements ?? []
            return data.flatMap { $0["values"]?.elements?.compactMap { $0.text("name") } ?? [] }
        }
        #expect(values() == ["Pro"])
        let ended = org(
            "PATCH", "\(path)/grants/\(grant.id)",
            ["id": JSON(grant.id), "scheduleSettings": ["expirationDate": "2020-01-01T00:00:00Z"]])
        #expect(ended.status == 200)
        #expect(values().isEmpty)
        #expect(org("POST", "\(path)/entitlement-bundles", ["target": target]).errorCode == "E0000028")
    }
}
