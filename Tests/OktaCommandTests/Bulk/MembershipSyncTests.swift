#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

@Suite(.hangLimit) struct MembershipSyncTests {
    private func logins(_ org: LocalOrg, _ path: String) async throws -> Set<String> {
        let users = try await org.client.request(.get, target: path).json()
        return Set((users.elements ?? []).compactMap { $0["profile"]?["login"]?.string })
    }

    @Test("Sync: a group gets exactly the members of a file, with a preview, a journal and an undo")
    func syncs() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 30)
        let sandbox = try Sandbox(org)
        let everyone = try await logins(org, "/api/v1/users?limit=200").sorted()
        let group =
            try await org.client.request(
                .post, "/api/v1/groups", body: .json(["profile": ["name": "Sales"]] as JSON)
            ).json()["id"]?.string ?? ""
        let members = "/api/v1/groups/\(group)/users?limit=200"
        let former = Set(everyone.prefix(12))
        let wanted = Set(everyone.dropFirst(8).prefix(15))
        try sandbox.write("old.csv", "login\n" + former.joined(separator: "\n"))
        try sandbox.write("hr.csv", "name,login\n" + wanted.map { "x,\($0.uppercased())" }.joined(separator: "\n"))
        let first = try await sandbox.okta("group", "sync-members", "--group", "Sales", "--to", "csv:old.csv:login")
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.errors.contains("12 to add, 0 to remove, 0 stay"))
        #expect(try await logins(org, members) == former)
        let refused = try await sandbox.okta("group", "sync-members", "--group", "Sales", "--to", "csv:hr.csv:login")
        #expect(refused.code == 2)
        #expect(refused.errors.contains("11 to add, 8 to remove, 4 stay"))
        #expect(refused.errors.contains("  - \(everyone[0].lowercased())"))
        #expect(try await logins(org, members) == former)
        let synced = try await sandbox.okta(
            "group", "sync-members", "--group", "Sales", "--to", "csv:hr.csv:login", "--yes")
        #expect(synced.code == 0, "\(synced.errors)")
        #expect(try await logins(org, members) == wanted)
        let again = try await sandbox.okta(
            "group", "sync-members", "--group", group, "--to", "csv:hr.csv:login", "--yes")
        #expect(again.errors.contains("nothing to do"))
        let undone = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undone.code == 0, "\(undone.errors)")
        #expect(try await logins(org, members) == former)
        await org.stop()
    }

    @Test("Sync: unknown people and an empty file change nothing")
    func refuses() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let sandbox = try Sandbox(org)
        _ = try await org.client.request(.post, "/api/v1/groups", body: .json(["profile": ["name": "Ops"]] as JSON))
        try sandbox.write("hr.csv", "login\nnobody@example.com\n")
        let unknown = try await sandbox.okta(
            "group", "sync-members", "--group", "Ops", "--to", "csv:hr.csv:login", "--yes")
        #expect(unknown.code == 2)
        #expect(unknown.errors.contains("hr.csv, line 2: there is no user 'nobody@example.com'"))
        try sandbox.write("none.csv", "login\n")
        let empty = try await sandbox.okta(
            "group", "sync-members", "--group", "Ops", "--to", "csv:none.csv:login", "--yes")
        #expect(empty.code == 2)
        #expect(empty.errors.contains("--allow-empty"))
        let other = try await sandbox.okta("group", "sync-members", "--group", "Opps", "--to", "csv:none.csv:login")
        #expect(other.code == 2)
        #expect(other.errors.contains("there is no group 'Opps'"))
        try org.expect("PUT /api/v1/groups/{}/users/{}", times: 0)
        await org.stop()
    }
}
#endif
