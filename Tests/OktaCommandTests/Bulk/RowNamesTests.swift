#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

/// Rows with names and logins instead of the ids in the action's path.
@Suite("Names in rows", .hangLimit) struct RowNamesTests {
    private func group(_ name: String, _ org: LocalOrg) async throws -> String {
        let body: JSON = ["profile": ["name": JSON(name)]]
        let made = try await org.client.request(.post, "/api/v1/groups", body: .json(body)).json()
        return try #require(made["id"]?.string)
    }

    private func people(_ org: LocalOrg) async throws -> [JSON] {
        try await org.client.request(.get, target: "/api/v1/users?limit=200").json().elements ?? []
    }

    @Test("Rows: a login becomes an id, and each name is looked up once")
    func resolves() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 12)
        let sandbox = try Sandbox(org)
        let people = try await people(org)
        let logins = people.compactMap { $0["profile"]?["login"]?.string }
        let groups = [try await group("Sales", org), try await group("Support", org)]
        let rows = logins.enumerated().map { "\($1),\(["Sales", "Support"][$0 % 2])\n" }.joined()
        try sandbox.write("people.csv", "login,team\n" + rows)
        org.engine.forgetRequests()
        let run = try await sandbox.okta(
            "group", "add-user-to-group", "--for", "csv:people.csv:login", "--map", "groupId=team", "--no-undo")
        #expect(run.code == 0, "\(run.errors)")
        for (index, person) in people.enumerated() {
            let path = "/api/v1/groups/\(groups[index % 2])/users/\(person["id"]?.string ?? "")"
            #expect(org.requests.count { $0.method == "PUT" && $0.path == path && $0.status == 204 } == 1)
        }
        let lookUps = org.requests.filter { $0.method == "GET" }
        #expect(lookUps.count { $0.path == "/api/v1/groups" } == 2)
        #expect(lookUps.count { $0.path == "/api/v1/users" } == logins.count)
        // The journal has the ids, so that a resumption and an undo need no names.
        let shown = try await sandbox.okta("runs", "show", "last", "--format", "json")
        let requests = try (JSON(parsing: shown.output).elements ?? []).compactMap { $0["request"]?.string }
        #expect(requests.count == people.count && !requests.contains { $0.contains("@") })
        await org.stop()
    }

    @Test("Rows: unknown and ambiguous names are listed with their rows, and nothing is sent")
    func refuses() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let sandbox = try Sandbox(org)
        let login = try #require(try await people(org).first?["profile"]?["login"]?.string)
        _ = try await group("Sales", org)
        for login in ["lee@example.com", "lee2@example.com"] {
            let profile: JSON = ["login": JSON(login), "email": JSON(login), "firstName": "Ann", "lastName": "Lee"]
            _ = try await org.client.request(.post, "/api/v1/users", body: .json(["profile": profile]))
        }
        let names = [login, "nobody@example.com", "Ann Lee", "nobody@example.com"]
        try sandbox.write("people.csv", "login\n" + names.joined(separator: "\n") + "\n")
        org.engine.forgetRequests()
        let run = try await sandbox.okta(
            "group", "add-user-to-group", "--group", "Sales", "--for", "csv:people.csv:login")
        #expect(run.code == 2)
        #expect(run.errors.contains("3 of 4 rows cannot be used; nothing was sent"))
        #expect(run.errors.contains("people.csv, line 3: there is no user 'nobody@example.com'"))
        #expect(run.errors.contains("people.csv, line 4: 'Ann Lee' is the name of 2 users"))
        #expect(run.errors.contains("people.csv, line 5: there is no user 'nobody@example.com'"))
        try org.expect("PUT /api/v1/groups/{}/users/{}", times: 0)
        let asked = org.requests.map(\.query).filter { $0.contains("login") && $0.contains("nobody") }
        #expect(asked.count == 1, "\(asked)")
        let dry = try await sandbox.okta(
            "group", "add-user-to-group", "--group", "Sales", "--for", "csv:people.csv:login", "--first", "1",
            "--dry-run")
        #expect(dry.code == 0, "\(dry.errors)")
        #expect(!dry.output.contains(login))
        await org.stop()
    }

    @Test("Rows: a login is sent unchanged if the org accepts it as an id, without a lookup")
    func leavesLogins() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 4)
        let sandbox = try Sandbox(org)
        let active = try await people(org).filter { $0["status"] == "ACTIVE" }
        let logins = active.compactMap { $0["profile"]?["login"]?.string }
        try sandbox.write("people.csv", "login\n" + logins.joined(separator: "\n") + "\n")
        org.engine.forgetRequests()
        let run = try await sandbox.okta(
            "user", "partial-update-user", "--for", "csv:people.csv:login", "--set", "profile.city=Oslo", "--no-undo")
        #expect(run.code == 0, "\(run.errors)")
        #expect(org.requests.count == logins.count)
        await org.stop()
    }
}
#endif
