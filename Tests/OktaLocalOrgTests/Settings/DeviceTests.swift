import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: devices and device assurance")
struct DeviceTests {
    private func device(_ org: TestOrg, _ status: String = "ACTIVE") -> String {
        let id = "guo0000000000000001"
        org.engine.adopt(
            ["id": JSON(id), "status": JSON(status), "profile": ["displayName": "D"]], below: "/api/v1/devices")
        org.engine.adopt(["id": "00u1", "user": ["id": "00u1"]], below: "/api/v1/devices/\(id)/users")
        return "/api/v1/devices/\(id)"
    }

    @Test("Devices: calls need an allowed state, and only a deactivated device can be deleted")
    func walksLifecycle() {
        let org = TestOrg()
        let path = device(org)
        func call(_ verb: String) -> Int { org("POST", "\(path)/lifecycle/\(verb)").status }
        #expect(call("unsuspend") == 403)
        #expect(org("DELETE", path).errorCode == "E0000152")
        #expect(call("suspend") == 204)
        #expect(call("activate") == 403)
        #expect(call("unsuspend") == 204)
        #expect(org("GET", "\(path)/users").json.count == 1)
        #expect(call("deactivate") == 204)
        #expect(org("GET", "\(path)/users").json.count == 0)
        #expect(call("suspend") == 403)
        #expect(org("DELETE", path).status == 204)
        #expect(org("GET", "\(path)/users").json["errorSummary"]?.string?.hasSuffix("(GenericUDObject)") == true)
    }

    @Test("Devices: random calls never reach a state that the documentation forbids")
    func walksAtRandom() {
        let allowed: [String: [String: String]] = [
            "ACTIVE": ["activate": "ACTIVE", "suspend": "SUSPENDED", "deactivate": "DEACTIVATED"],
            "SUSPENDED": ["suspend": "SUSPENDED", "unsuspend": "ACTIVE", "deactivate": "DEACTIVATED"],
            "DEACTIVATED": ["activate": "ACTIVE", "deactivate": "DEACTIVATED"],
        ]
        var random = SeededRandom(seed: 7)
        for _ in 0..<20 {
            let org = TestOrg()
            let path = device(org)
            var state = "ACTIVE"
            for _ in 0..<20 {
                let verb = ["activate", "deactivate", "suspend", "unsuspend"][Int(random.next() % 4)]
                let response = org("POST", "\(path)/lifecycle/\(verb)")
                let next = allowed[state]?[verb]
                #expect(response.status == (next == nil ? 403 : 204))
                state = next ?? state
                #expect(org("GET", path).json["status"]?.string == state)
            }
        }
    }

    @Test("Device assurance: needs a condition, stays while it is used, and missing ones have two names")
    func assuresDevices() {
        let org = TestOrg()
        let path = "/api/v1/device-assurances"
        let empty = org("POST", path, ["name": "D", "platform": "IOS"])
        #expect(empty.causes == ["At least one device assurance condition must be specified."])
        let body: JSON = ["name": "D", "platform": "IOS", "jailbreak": false]
        let policy = org("POST", path, body)
        #expect(policy.json[path: "resourceDisplayName.value"]?.string == "D")
        let replaced = org("PUT", "\(path)/\(policy.id)", body)
        #expect(replaced.json["createdBy"] == nil && replaced.json["createdDate"] == nil)
        let access = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        let device: JSON = ["registered": true, "assurance": ["include": [JSON(policy.id)]]]
        let rule = org("POST", "/api/v1/policies/\(access)/rules", ["name": "r", "conditions": ["device": device]]).id
        #expect(org("DELETE", "\(path)/\(policy.id)").status == 409)
        org("DELETE", "/api/v1/policies/\(access)/rules/\(rule)")
        #expect(org("DELETE", "\(path)/\(policy.id)").status == 204)
        let gone = { (method: String) in org(method, "\(path)/\(policy.id)").json["errorSummary"]?.string ?? "" }
        #expect(gone("GET").hasSuffix("(DeviceAssuranceRuleManagerImpl)"))
        #expect(gone("DELETE").hasSuffix("(DeviceAssuranceEntity)"))
    }
}
