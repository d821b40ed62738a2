import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: lifecycles of users", .longCalculation)
struct UserLifecycleTests {
    /// The documented transitions of each call. A call that is not listed for a state has no effect.
    private static let documented: [String: [String: Set<String>]] = [
        "activate": ["STAGED": ["PROVISIONED", "ACTIVE"], "DEPROVISIONED": ["PROVISIONED"]],
        "deactivate": [
            "STAGED": ["DEPROVISIONED"], "PROVISIONED": ["DEPROVISIONED"], "ACTIVE": ["DEPROVISIONED"],
            "SUSPENDED": ["DEPROVISIONED"], "PASSWORD_EXPIRED": ["DEPROVISIONED"], "RECOVERY": ["DEPROVISIONED"],
        ],
        "suspend": ["ACTIVE": ["SUSPENDED"]],
        "unsuspend": ["SUSPENDED": ["ACTIVE"]],
        "reset_password": [
            "ACTIVE": ["RECOVERY"], "PASSWORD_EXPIRED": ["RECOVERY"], "RECOVERY": ["RECOVERY"],
            "PROVISIONED": ["PROVISIONED"],
        ],
        "expire_password": [
            "ACTIVE": ["PASSWORD_EXPIRED"], "RECOVERY": ["PASSWORD_EXPIRED"],
            "PASSWORD_EXPIRED": ["PASSWORD_EXPIRED"],
        ],
        "unlock": [:],
        "reactivate": ["PROVISIONED": ["PROVISIONED"], "RECOVERY": ["RECOVERY"]],
    ]

    @Test("Lifecycle: random calls never leave the documented states", arguments: [1, 2, 3, 4, 5, 6, 7, 8])
    func followsDocumentation(seed: UInt64) {
        let org = TestOrg()
        var random = SeededRandom(seed: seed)
        let ids = [
            org.user("a1").id, org.user("a2", query: "?activate=false").id, org.user("a3", password: "Secret-1234").id,
        ]
        let calls = Self.documented.keys.sorted()
        for _ in 0..<300 {
            let id = ids[Int(random.next() % UInt64(ids.count))]
            let call = calls[Int(random.next() % UInt64(calls.count))]
            let before = org("GET", "/api/v1/users/\(id)").json["status"]?.string ?? ""
            let response = org("POST", "/api/v1/users/\(id)/lifecycle/\(call)?sendEmail=false")
            let after = org("GET", "/api/v1/users/\(id)").json["status"]?.string ?? ""
            if let allowed = Self.documented[call]?[before] {
                #expect(response.status == 200, "\(call) of \(before)")
                #expect(allowed.contains(after), "\(call): \(before) to \(after)")
            } else {
                #expect(response.status >= 400, "\(call) of \(before)")
                #expect(after == before, "\(call): \(before) to \(after)")
            }
        }
    }

    @Test("Lifecycle: calls return an empty object, and an activation without email a token")
    func respondsToActivation() {
        let org = TestOrg()
        let id = org.user("ada", query: "?activate=false").id
        let activated = org("POST", "/api/v1/users/\(id)/lifecycle/activate?sendEmail=false")
        #expect(activated.json["activationToken"]?.string?.utf8.count == 20)
        let deactivated = org("POST", "/api/v1/users/\(id)/lifecycle/deactivate")
        #expect(deactivated.status == 200)
        #expect(deactivated.raw.body == Array("{}".utf8))
    }

    @Test("Lifecycle: unlocking a locked-out user is an unlock event, not an activation")
    func unlocks() throws {
        let org = TestOrg()
        var user = org.user("ada", password: "Secret-1234").json
        user["status"] = "LOCKED_OUT"
        try org.engine.seed(objects: ["/api/v1/users": [user]])
        let id = user.text("id") ?? ""
        #expect(org("POST", "/api/v1/users/\(id)/lifecycle/unlock").status == 200)
        #expect(org("GET", "/api/v1/users/\(id)").json.text("status") == "ACTIVE")
        let newest = org("GET", "/api/v1/logs?sortOrder=DESCENDING&limit=1").json[0]
        #expect(newest?.text("eventType") == "user.account.unlock_by_admin")
        #expect(newest?["target"]?[0]?.text("id") == id)
    }

    @Test("Lifecycle: unlocking a user who is not locked out is rejected")
    func refusesUnlock() {
        let org = TestOrg()
        let response = org("POST", "/api/v1/users/\(org.user("ada").id)/lifecycle/unlock")
        #expect(response.status == 403)
        #expect(response.errorCode == "E0000032")
        #expect(response.causes == ["The user is not locked out."])
    }
}
