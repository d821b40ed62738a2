import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: networks")
struct ZoneTests {
    private func zone(_ org: TestOrg, _ name: String, _ gateways: [(String, String)], usage: String = "POLICY")
        -> TestOrg.Response
    {
        org(
            "POST", "/api/v1/zones",
            [
                "type": "IP", "name": JSON(name), "usage": JSON(usage),
                "gateways": JSON(gateways.map { ["type": JSON($0.0), "value": JSON($0.1)] }),
            ])
    }

    @Test("Zones: IPv4 and IPv6 addresses are accepted as networks and ranges")
    func takesAddresses() {
        let org = TestOrg()
        let response = zone(
            org, "Z",
            [("CIDR", "10.0.0.0/8"), ("RANGE", "10.0.0.1-10.0.0.9"), ("RANGE", "1.2.3.4"), ("CIDR", "2001:db8::/32")])
        #expect(response.status == 200)
        #expect(response.json["status"]?.string == "ACTIVE")
        #expect(response.json["system"]?.bool == false)
        let values = response.json["gateways"]?.elements?.compactMap { $0.text("value") }
        #expect(values == ["10.0.0.0/8", "10.0.0.1-10.0.0.9", "1.2.3.4-1.2.3.4", "2001:db8::/32"])
    }

    @Test(
        "Zones: invalid addresses, networks and ranges are rejected",
        arguments: [
            ("CIDR", "10.0.0.0"), ("CIDR", "10.0.0.0/33"), ("CIDR", "10.0.0/8"), ("CIDR", "10.0.0.0/+8"),
            ("CIDR", "10.0.0.0/08"), ("RANGE", "10.0.00.1"), ("RANGE", "10.0.0.9-10.0.0.1"),
            ("RANGE", "10.0.0.1-"), ("RANGE", "256.1.1.1"), ("RANGE", "::1-1.2.3.4"), ("RANGE", "1::2::3"),
            ("CIDR", ""),
            ("HOST", "10.0.0.1"),
        ])
    func refusesAddress(type: String, value: String) {
        let response = zone(TestOrg(), "Z", [(type, value)])
        #expect(response.errorCode == "E0000001")
        #expect(response.causes.first?.hasPrefix("gateways: ") == true)
    }

    @Test("Zones: the number of entries depends on the type of zone")
    func limitsEntries() {
        let org = TestOrg()
        func entries(_ count: Int) -> [(String, String)] {
            (0..<count).map { ("RANGE", "10.0.\($0 / 250).\($0 % 250)") }
        }
        #expect(zone(org, "A", entries(150)).status == 200)
        #expect(zone(org, "B", entries(151)).status == 400)
        #expect(zone(org, "C", entries(1000), usage: "BLOCKLIST").status == 200)
        #expect(zone(org, "D", entries(1001), usage: "BLOCKLIST").status == 400)
        #expect(zone(org, "E", []).status == 400)
    }

    @Test("Zones: dynamic zones need a condition, and have at most 75 locations")
    func checksDynamic() {
        let org = TestOrg()
        #expect(org("POST", "/api/v1/zones", ["type": "DYNAMIC", "name": "A"]).status == 400)
        let dynamic = org("POST", "/api/v1/zones", ["type": "DYNAMIC", "name": "B", "locations": [["country": "DE"]]])
        #expect(dynamic.json["locations"]?[0]?["region"]?.kind == .null)
        #expect(dynamic.json["asns"] == nil)
        let v2 = org("POST", "/api/v1/zones", ["type": "DYNAMIC_V2", "name": "C", "asns": ["include": ["1"]]])
        #expect(v2.json[path: "locations.exclude"]?.count == 0)
        #expect(v2.json[path: "ipServiceCategories.include"]?.count == 0)
        #expect(org("POST", "/api/v1/zones", ["type": "DYNAMIC_V2", "name": "D"]).status == 400)
        let many = JSON((0..<76).map { _ in ["country": "DE"] as JSON })
        let refused = org("POST", "/api/v1/zones", ["type": "DYNAMIC", "name": "E", "locations": many])
        #expect(refused.causes == ["locations: No more than 75 locations may be included in a Location Zone."])
        #expect(org("POST", "/api/v1/zones", ["type": "OTHER", "name": "F"]).status == 400)
    }

    @Test("Zones: active, used and system zones cannot be deleted, and the type is fixed")
    func keepsZones() throws {
        let org = TestOrg()
        let created = zone(org, "Z", [("CIDR", "10.0.0.0/8")])
        let path = "/api/v1/zones/\(created.id)"
        #expect(org("DELETE", path).status == 400)
        let policy = org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": "P"]).id
        let rule = org(
            "POST", "/api/v1/policies/\(policy)/rules",
            ["name": "r", "conditions": ["network": ["connection": "ZONE", "include": [JSON(created.id)]]]]
        ).id
        for _ in 0..<2 { #expect(org("POST", "\(path)/lifecycle/deactivate").json["status"]?.string == "INACTIVE") }
        #expect(org("DELETE", path).status == 400)
        #expect(org("DELETE", "/api/v1/policies/\(policy)/rules/\(rule)").status == 204)
        #expect(org("PUT", path, ["type": "DYNAMIC", "name": "Z", "proxyType": "Any"]).status == 400)
        #expect(org("DELETE", path).status == 204)
        let system = try #require(org("GET", "/api/v1/zones").json.elements?.first { $0["system"]?.bool == true })
        #expect(org("DELETE", "/api/v1/zones/\(system.text("id") ?? "")").status == 403)
    }

    @Test("Zones: a replacement returns the previous date, and the next read the new one")
    func datesReplacement() {
        let org = TestOrg()
        let created = zone(org, "Z", [("CIDR", "10.0.0.0/8")])
        org.clock.advance(by: 60)
        let body: JSON = ["type": "IP", "name": "Z2", "gateways": [["type": "CIDR", "value": "10.0.0.0/8"]]]
        let replaced = org("PUT", "/api/v1/zones/\(created.id)", body)
        #expect(replaced.json["lastUpdated"] == created.json["lastUpdated"])
        #expect(org("GET", "/api/v1/zones/\(created.id)").json["lastUpdated"] != created.json["lastUpdated"])
        #expect(zone(org, "Z2", [("CIDR", "10.0.0.0/8")]).status == 400)
    }

    @Test("Trusted origins: origins are unique, and an active one can be deleted")
    func createsOrigin() {
        let org = TestOrg()
        let body: JSON = ["name": "O", "origin": "https://example.com", "scopes": [["type": "CORS"]]]
        let origin = org("POST", "/api/v1/trustedOrigins", body)
        #expect(origin.json["status"]?.string == "ACTIVE")
        #expect(origin.json["scopes"]?[0]?.text("type") == "CORS")
        #expect(origin.json["createdBy"]?.string?.hasPrefix("00u") == true)
        #expect(org("POST", "/api/v1/trustedOrigins", body).status == 400)
        #expect(org("POST", "/api/v1/trustedOrigins", ["name": "P", "origin": "example.com"]).status == 400)
        #expect(org("DELETE", "/api/v1/trustedOrigins/\(origin.id)").status == 204)
    }

    @Test("Behaviors: a replacement's status is ignored, and settings have limits")
    func keepsBehaviorState() {
        let org = TestOrg()
        let body: JSON = ["type": "VELOCITY", "name": "V", "status": "INACTIVE", "settings": ["velocityKph": 805]]
        let behavior = org("POST", "/api/v1/behaviors", body)
        #expect(org("PUT", "/api/v1/behaviors/\(behavior.id)", body).json["status"]?.string == "ACTIVE")
        #expect(
            org("POST", "/api/v1/behaviors/\(behavior.id)/lifecycle/deactivate").json["status"]?.string == "INACTIVE")
        #expect(org("DELETE", "/api/v1/behaviors/\(behavior.id)").status == 204)
        let slow: JSON = ["type": "VELOCITY", "name": "W", "settings": ["velocityKph": 0]]
        #expect(org("POST", "/api/v1/behaviors", slow).causes == ["velocityKph: The value must be at least 1."])
    }
}
