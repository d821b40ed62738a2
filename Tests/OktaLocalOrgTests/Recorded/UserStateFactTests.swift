import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for users in each status.
@Suite("Recorded orgs: states of users")
struct UserStateFactTests {
    private let org = TestOrg()

    /// Creates a user, and moves it to a status by lifecycle calls.
    private func user(_ status: String) -> String {
        let (password, query, calls): (String?, String, [String]) =
            switch status {
            case "STAGED": (nil, "?activate=false", [])
            case "PROVISIONED": (nil, "", [])
            case "SUSPENDED": ("Secret-1234", "", ["suspend"])
            case "PASSWORD_EXPIRED": ("Secret-1234", "", ["expire_password"])
            case "DEPROVISIONED": ("Secret-1234", "", ["deactivate"])
            default: ("Secret-1234", "", [])
            }
        let id = org.user("ada", password: password, query: query).id
        for call in calls { org("POST", "/api/v1/users/\(id)/lifecycle/\(call)") }
        return id
    }

    private func shown(_ id: String) -> JSON { org("GET", "/api/v1/users/\(id)").json }

    private static let active: Set = [
        "suspend", "resetPassword", "forgotPassword", "expirePassword", "changeRecoveryQuestion", "changePassword",
        "deactivate",
    ]

    @Test(
        "Links: each status has specific ones, and all have the one to reset factors",
        arguments: [
            ("STAGED", ["activate"]), ("PROVISIONED", ["suspend", "resetPassword", "reactivate", "deactivate"]),
            ("ACTIVE", active), ("PASSWORD_EXPIRED", active), ("SUSPENDED", ["unsuspend", "deactivate"]),
            ("DEPROVISIONED", ["activate", "delete"]),
        ] as [(String, Set<String>)])
    func links(_ status: String, calls: Set<String>) {
        let user = shown(user(status))
        #expect(user.text("status") == status)
        let links = Set((user["_links"]?.members ?? []).map(\.key))
        #expect(links == calls.union(["resetFactors", "self", "schema", "type"]))
    }

    @Test(
        "Deletion: the first call only deactivates, the second one deletes",
        arguments: ["STAGED", "PROVISIONED", "ACTIVE", "PASSWORD_EXPIRED", "SUSPENDED"])
    func deletes(_ status: String) {
        let id = user(status)
        #expect(shown(id).text("status") == status)
        for _ in 0..<2 {
            let response = org("DELETE", "/api/v1/users/\(id)")
            #expect(response.status == 204 && response.raw.body.isEmpty)
            guard let left = shown(id).text("status") else { break }
            #expect(left == "DEPROVISIONED")
        }
        #expect(org("GET", "/api/v1/users/\(id)").errorCode == "E0000007")
    }

    @Test("Deletion: a deprovisioned user is deleted by one call")
    func deletesDeprovisioned() {
        let id = user("DEPROVISIONED")
        #expect(org("DELETE", "/api/v1/users/\(id)").status == 204)
        #expect(org("GET", "/api/v1/users/\(id)").errorCode == "E0000007")
    }

    @Test(
        "Creation: has status 200 with each form of credentials",
        arguments: [
            ("", nil, "PROVISIONED"), ("", "Secret-1234", "ACTIVE"), ("?activate=false", nil, "STAGED"),
            ("?activate=false", "Secret-1234", "STAGED"),
        ] as [(String, String?, String)])
    func creates(_ query: String, password: String?, status: String) {
        let user = org.user("ada", password: password, query: query)
        #expect(user.status == 200 && user.json.text("status") == status)
        #expect(user.json["lastLogin"]?.kind == .null)
        #expect((user.json["passwordChanged"]?.kind == .string) == (password != nil))
        #expect(user.json[path: "credentials.password"] == (password == nil ? nil : [:]))
        #expect((user.json["activated"]?.kind == .null) == (status == "STAGED"))
    }

    @Test(
        "Search: an item equals the user, except for the links",
        arguments: ["STAGED", "PROVISIONED", "ACTIVE", "SUSPENDED", "DEPROVISIONED"])
    func searches(_ status: String) {
        let id = user(status)
        org.clock.advance(by: 2)
        for condition in ["profile.email sw \"ada\"", "profile.email eq \"ada@example.com\""] {
            let found = org("GET", "/api/v1/users?search=\(PercentText.encoded(condition))").json
            #expect(found.count == 1)
            var user = shown(id)
            user["_links"] = found[0]?["_links"]
            #expect(found[0] == user, "\(condition)")
        }
    }
}
