#if CommandLine && LocalOrg
import Foundation
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

/// How runs, their rows and what they read look, by the built program.
@Suite("Shown runs", .hangLimit) struct ShownRunTests {
    @Test("Shown runs: list and rows show results and reasons, at any width", arguments: [60, 80, 200])
    func fits(_ columns: UInt16) async throws {
        let org = try await LocalOrg.start()
        let group = try await org.group("Sales")
        let ada = try await org.user("ada@example.com", "Ada", "Lovelace")
        let sandbox = try Sandbox(org)
        try sandbox.write("ids.txt", "\(ada)\n00u1ab2cd3EF4gh5ij6k\n")
        let run = try await sandbox.okta("group", "add-user-to-group", "--group", "Sales", "--for", "file:ids.txt")
        #expect(run.code == 5, "\(run.errors)")
        let terminal = TerminalSize(columns: columns)
        let list = try await sandbox.okta(["runs", "list"], terminal: terminal).shownLines
        #expect(list[0].split(separator: " ") == ["id", "result", "title"], "\(list)")
        #expect(list[1].contains("  1 done, 1 failed  group add-user"), "\(list)")
        let shown = try await sandbox.okta(["runs", "show", "last"], terminal: terminal).shownLines
        let text = shown.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
        #expect(text.contains("1 done 204 PUT /api/v1/groups/\(group)/users/\(ada)".prefix(30)), "\(shown)")
        #expect(text.contains("2 failed 404"), "\(shown)")
        #expect(text.contains("Resource not found: 00u1ab2cd3EF4gh5ij6k"), "\(shown)")
        #expect((list + shown).allSatisfy { DisplayWidth.of($0) <= Int(columns) }, "\(shown)")
        // A width decides only where the lines end.
        #expect(shown.joined().filter { $0 != " " }.contains("PUT/api/v1/groups/\(group)/users/\(ada)"), "\(shown)")
        let table = try await sandbox.okta("runs", "list", "--format", "csv")
        #expect(table.output.hasPrefix("id,state,rows,done,failed,unknown,left,title\r\n"))
        await org.stop()
    }

    @Test("Shown runs: the title is the command with its values, without secrets")
    func title() async throws {
        let org = try await LocalOrg.start()
        let ada = try await org.user("ada@example.com", "Ada", "Lovelace")
        let sandbox = try Sandbox(org)
        try sandbox.write("ids.txt", "\(ada)\n")
        let run = try await sandbox.okta(
            "user", "partial-update-user", "--strict", "false", "--set", "profile.city=New York", "--set",
            "credentials.password.value=S3cret-value", "--for", "file:ids.txt")
        #expect(run.code == 0, "\(run.errors)")
        let list = try JSON(parsing: try await sandbox.okta("runs", "list", "--format", "json").output)
        #expect(
            list[0]?["title"]?.string
                == "user partial-update-user --strict false --set 'profile.city=New York' --set "
                + "'credentials.password.value=***' --for file:\(sandbox.path)/ids.txt", "\(list)")
        let undo = try await sandbox.okta("runs", "undo", "last")
        #expect(undo.code != 0 && !undo.errors.contains("itself an undo"), "\(undo.errors)")
        await org.stop()
    }

    @Test("Shown runs: undoing an undo asks with the right words")
    func undoneTwice() async throws {
        let org = try await LocalOrg.start()
        let ada = try await org.user("ada@example.com", "Ada", "Lovelace")
        let sandbox = try Sandbox(org)
        try sandbox.write("ids.txt", "\(ada)\n")
        let update = ["user", "partial-update-user", "--set", "profile.city=Oslo", "--for", "file:ids.txt"]
        #expect(try await sandbox.okta(update).code == 0)
        let undone = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undone.code == 0, "\(undone.errors)")
        let again = try await sandbox.okta("runs", "undo", "last")
        #expect(again.code == 2 && again.errors.contains(", itself an undo of 2"), "\(again.errors)")
        await org.stop()
    }

    @Test("Shown runs: list items name their row, and a growing list ends")
    func lists() async throws {
        let org = try await LocalOrg.start()
        let group = try await org.group("Sales")
        for name in ["ada", "bob"] { _ = try await org.user("\(name)@example.com", name, "L") }
        let sandbox = try Sandbox(org)
        try sandbox.write("people.csv", "login\nada@example.com\nbob@example.com\n")
        let set = ["--for", "csv:people.csv:login", "--in-flight", "1", "--format", "csv"]
        let added = try await sandbox.okta("group", "add-user-to-group", "--group", group, set[0], set[1])
        #expect(added.code == 0, "\(added.errors)")
        let groups = try await sandbox.okta(["user", "list-user-groups", "--columns", "profile.name"] + set)
        let expected =
            ["for,profile.name"]
            + ["ada", "bob"].flatMap { name in
                ["Everyone", "Sales"].map { "\(name)@example.com,\($0)" }
            }
        #expect(groups.output.split(separator: "\r\n").sorted() == expected.map { $0[...] }.sorted(), "\(groups)")
        let names = try await sandbox.okta(["user", "list-user-groups", "--query", "/profile/name"] + set)
        #expect(
            names.output.split(separator: "\r\n").sorted()
                == (["for,value"] + expected.dropFirst()).map { $0[...] }.sorted(), "\(names)")
        // One object for each row says itself which it is.
        let users = try await sandbox.okta(["user", "get-user", "--columns", "profile.login"] + set)
        #expect(users.output.hasPrefix("profile.login\r\nada@example.com\r\n"), "\(users)")
        let events = try await sandbox.okta(
            ["log", "get-org-system-log", "--map", "q=login", "--columns", "eventType"] + set)
        #expect(events.code == 0 && events.output.contains("user.lifecycle.create"), "\(events)")
        #expect(events.errors == "okta: the list grows; this is all so far\n", "\(events)")
        await org.stop()
    }
}
#endif
