#if CommandLine && LocalOrg
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

/// Undoing a run restores the previous state.
@Suite(.hangLimit) struct UndoneRunTests {
    @Test("Undo: 1,000 updates are reverted to the last byte")
    func restoresEveryByte() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 1_000)
        let sandbox = try Sandbox(org)
        let before = try await CountedRun.people(org)
        let counted = try await CountedRun.number(0, org, sandbox)
        let run = try await sandbox.okta(
            counted.arguments + ["--set", "profile.nickName=null", "--set", "profile.title=~id"])
        #expect(run.code == 0, "\(run.errors)")
        #expect(try await CountedRun.people(org).allSatisfy { $0["profile"]?["title"] == $0["id"] })
        let undo = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undo.code == 0, "\(undo.errors)")
        // The message names exactly the parts that no request can restore.
        #expect(
            undo.errors.contains(
                "\(before.count) restored objects as before the run, except: lastUpdated (\(before.count))\n"),
            "\(undo.errors)")
        let after = try await CountedRun.people(org)
        #expect(after.count == before.count)
        for (user, former) in zip(after, before) { #expect(text(user) == text(former)) }
        await org.stop()
    }

    @Test("Undo: objects in a wrapped list are deleted")
    func undoesCreations() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try sandbox.write("domains.csv", "domain\nid.example.com\nlogin.example.com\n")
        let run = try await sandbox.okta(
            "domain", "create-domain", "--for", "csv:domains.csv:domain", "--set", "domain=~domain", "--set",
            "certificateSourceType=MANUAL")
        #expect(run.code == 0, "\(run.errors)")
        func domains() async throws -> [String] {
            let list = try await org.client.request(.get, "/api/v1/domains").json()["domains"]?.elements ?? []
            return list.compactMap { $0["domain"]?.string }.filter { $0.hasSuffix(".example.com") }.sorted()
        }
        #expect(try await domains() == ["id.example.com", "login.example.com"])
        let undo = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undo.code == 0, "\(undo.errors)")
        #expect(try await domains().isEmpty)
        await org.stop()
    }

    @Test("Undo: a state that the opposite action does not restore is named, and so is a created object that is left")
    func namesWhatIsNotRestored() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let ada = try #require(try await CountedRun.people(org).last?["id"]?.string)
        let sandbox = try Sandbox(org)
        try sandbox.write("ids.txt", "\(ada)\n")
        let run = try await sandbox.okta("user", "deactivate-user", "--for", "file:ids.txt", "--yes")
        #expect(run.code == 0, "\(run.errors)")
        let dry = try await sandbox.okta("runs", "undo", "last", "--dry-run")
        #expect(dry.errors.contains(" 3 calls take "), "\(dry.errors)")
        let undo = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undo.code == 0, "\(undo.errors)")
        let present = try await org.client.request(.get, "/api/v1/users/\(ada)").json()["status"]
        #expect(present == "PROVISIONED")
        #expect(undo.errors.contains("1 restored object as before the run, except: "), "\(undo.errors)")
        #expect(undo.errors.contains(" status (1)"), "\(undo.errors)")

        // The org deletes a user at the second deletion.
        try sandbox.write("people.csv", "login\nbob@example.com\n")
        let created = try await sandbox.okta(
            "user", "create-user", "--for", "csv:people.csv:login", "--set", "profile.login=~login", "--set",
            "profile.email=~login", "--set", "profile.firstName=Bob", "--set", "profile.lastName=B")
        #expect(created.code == 0, "\(created.errors)")
        let runs = try JSON(parsing: try await sandbox.okta("runs", "list", "--format", "json").output)
        let id = try #require(runs[0]?["id"]?.string)
        let left = try await sandbox.okta("runs", "undo", id, "--yes")
        #expect(left.code == 0, "\(left.errors)")
        #expect(
            left.errors.contains(
                "1 created object still exists, with the status DEPROVISIONED\n`okta runs undo \(id)` sends"),
            "\(left.errors)")
        let gone = try await sandbox.okta("runs", "undo", id, "--yes")
        #expect(gone.code == 0 && !gone.errors.contains("still exists"), "\(gone.errors)")
        let search = try await sandbox.okta("user", "list-users", "--search", #"profile.login eq "bob@example.com""#)
        #expect(search.output == "[]\n", "\(search.output)")
        await org.stop()
    }

    /// The bytes of an object, except for the time of its last change.
    private func text(_ object: JSON) -> String {
        JSON(members: (object.members ?? []).filter { $0.key != "lastUpdated" }.map { ($0.key, $0.value) }).text
    }
}
#endif
