import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Random sequences of calls on objects with states: each transition is a documented one, no call fails inside the org,
/// and deleted objects stay deleted.
@Suite("Local org: states", .longCalculation)
struct StateMachineTests {
    /// A kind of object with states: how to create one, and the transitions of the lifecycle calls.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let path: String
        let body: @Sendable (Int, _ group: String) -> JSON
        var query = ""
        let initial: Set<String>
        /// The states that a call may lead to, by call and state; a call that is absent for a state changes nothing.
        let moves: [String: [String: Set<String>]]
        /// The states in which DELETE is refused.
        var protected: Set<String> = []
        /// The state that DELETE leads to before the object is gone.
        var deletedState: String?

        var testDescription: String { name }
    }

    private static let onAndOff: [String: [String: Set<String>]] = [
        "activate": ["ACTIVE": ["ACTIVE"], "INACTIVE": ["ACTIVE"]],
        "deactivate": ["ACTIVE": ["INACTIVE"], "INACTIVE": ["INACTIVE"]],
    ]

    private static func profile(_ number: Int) -> JSON {
        let login = JSON("user\(number)@example.com")
        return ["login": login, "email": login, "firstName": "A", "lastName": "B"]
    }

    private static let userMoves: [String: [String: Set<String>]] = {
        let all = ["STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "SUSPENDED"]
        let toward = { (states: [String], target: String) in
            Dictionary(uniqueKeysWithValues: states.map { ($0, Set([target])) })
        }
        return [
            "activate": ["STAGED": ["PROVISIONED", "ACTIVE"], "DEPROVISIONED": ["PROVISIONED"]],
            "reactivate": ["PROVISIONED": ["PROVISIONED"], "RECOVERY": ["RECOVERY"]],
            "deactivate": toward(all, "DEPROVISIONED"), "suspend": ["ACTIVE": ["SUSPENDED"]],
            "unsuspend": ["SUSPENDED": ["ACTIVE"]], "unlock": [:],
            "reset_password": [
                "ACTIVE": ["RECOVERY"], "PASSWORD_EXPIRED": ["RECOVERY"], "RECOVERY": ["RECOVERY"],
                "PROVISIONED": ["PROVISIONED"],
            ],
            "expire_password": toward(["ACTIVE", "RECOVERY", "PASSWORD_EXPIRED"], "PASSWORD_EXPIRED"),
            "expire_password_with_temp_password":
                toward(["ACTIVE", "RECOVERY", "PASSWORD_EXPIRED"], "PASSWORD_EXPIRED"),
            "reset_factors": Dictionary(uniqueKeysWithValues: all.map { ($0, Set([$0])) }),
        ]
    }()

    static let kinds: [Kind] = [
        Kind(
            name: "users", path: "/api/v1/users",
            body: { number, _ in
                number.isMultiple(of: 2)
                    ? ["profile": profile(number)]
                    : ["profile": profile(number), "credentials": ["password": ["value": "Password-1234"]]]
            }, initial: ["PROVISIONED", "ACTIVE"], moves: userMoves, deletedState: "DEPROVISIONED"),
        Kind(
            name: "staged users", path: "/api/v1/users", body: { number, _ in ["profile": profile(number)] },
            query: "?activate=false", initial: ["STAGED"], moves: userMoves, deletedState: "DEPROVISIONED"),
        Kind(
            name: "apps", path: "/api/v1/apps",
            body: { number, _ in
                [
                    "name": "bookmark", "label": JSON("App \(number)"), "signOnMode": "BOOKMARK",
                    "settings": ["app": ["url": "https://example.com"]],
                ]
            }, initial: ["ACTIVE"], moves: onAndOff, protected: ["ACTIVE"]),
        Kind(
            name: "group rules", path: "/api/v1/groups/rules",
            body: { number, group in
                [
                    "type": "group_rule", "name": JSON("rule \(number)"),
                    "conditions": [
                        "expression": ["type": "urn:okta:expression:1.0", "value": "user.lastName == \"B\""]
                    ],
                    "actions": ["assignUserToGroups": ["groupIds": [JSON(group)]]],
                ]
            }, initial: ["INACTIVE"], moves: onAndOff, protected: ["ACTIVE"]),
        Kind(
            name: "policies", path: "/api/v1/policies",
            body: { number, _ in ["type": "ACCESS_POLICY", "name": JSON("policy \(number)")] }, initial: ["ACTIVE"],
            moves: onAndOff),
        Kind(
            name: "zones", path: "/api/v1/zones",
            body: { number, _ in
                [
                    "type": "IP", "name": JSON("zone \(number)"),
                    "gateways": [["type": "CIDR", "value": "192.0.2.0/24"]],
                ]
            }, initial: ["ACTIVE"], moves: onAndOff, protected: ["ACTIVE"]),
    ]

    @Test("States: random calls stay within the documented states", arguments: kinds, [1, 2, 3, 4] as [UInt64])
    func staysDocumented(_ kind: Kind, seed: UInt64) {
        let org = TestOrg()
        let group = org.group("Target").id
        var random = SeededRandom(seed: seed)
        var states: [String: String] = [:]
        var gone: [String] = []
        let calls = kind.moves.keys.sorted()
        for step in 0..<400 {
            let choice = random.next() % 20
            let id = states.keys.sorted().randomElement(using: &random)
            switch choice {
            case 0..<3:
                let made = org("POST", kind.path + kind.query, kind.body(step, group))
                let state = made.json.text("status") ?? ""
                #expect(made.status == 200 && kind.initial.contains(state), "\(kind.name): \(made.json)")
                states[made.id] = state
            case 3:
                guard let id, let before = states[id] else { continue }
                let response = org("DELETE", "\(kind.path)/\(id)")
                if kind.protected.contains(before) {
                    #expect((400..<500).contains(response.status), "\(kind.name): delete of \(before)")
                } else if let deleted = kind.deletedState, before != deleted {
                    #expect(response.status == 204)
                    states[id] = deleted
                } else {
                    #expect([202, 204].contains(response.status), "\(kind.name): delete of \(before)")
                    states[id] = nil
                    gone.append(id)
                }
            case 4:
                // Only lifecycle calls change a state.
                guard let id else { continue }
                let odd: [JSON] = [[:], [], "text", ["status": "NOWHERE"], ["profile": 1], ["name": .null]]
                let body = odd[Int(random.next() % UInt64(odd.count))]
                let response = org(random.next() % 2 == 0 ? "PUT" : "POST", "\(kind.path)/\(id)", body)
                #expect(response.status != 500, "\(kind.name): \(body)")
            default:
                guard let id, let before = states[id] else { continue }
                let call = calls[Int(random.next() % UInt64(calls.count))]
                let response = org("POST", "\(kind.path)/\(id)/lifecycle/\(call)?sendEmail=false")
                let after = org("GET", "\(kind.path)/\(id)").json.text("status") ?? ""
                if let allowed = kind.moves[call]?[before] {
                    #expect((200..<300).contains(response.status), "\(kind.name): \(call) of \(before)")
                    #expect(allowed.contains(after), "\(kind.name): \(call) leads from \(before) to \(after)")
                } else {
                    #expect((400..<500).contains(response.status), "\(kind.name): \(call) of \(before)")
                    #expect(after == before)
                }
                states[id] = after
            }
            if let id, let state = states[id] {
                #expect(org("GET", "\(kind.path)/\(id)").json.text("status") == state, "\(kind.name)")
            }
        }
        for id in gone { #expect(org("GET", "\(kind.path)/\(id)").status == 404) }
    }
}
