#if CommandLine && LocalOrg
import Foundation
import GRDB
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

/// Journals that this version of the program did not write, or that are damaged.
@Suite("Other journals", .hangLimit) struct OtherJournalTests {
    /// An org, a home with one finished run, and the path of its journal without the ending.
    private func scene() async throws -> (org: LocalOrg, sandbox: Sandbox, id: String, folder: String) {
        let org = try await LocalOrg.start()
        org.seed(users: 2)
        let sandbox = try Sandbox(org)
        let users = try await org.client.request(.get, target: "/api/v1/users?limit=200").json().elements ?? []
        try sandbox.write("ids.txt", users.compactMap { $0["id"]?.string }.joined(separator: "\n"))
        let run = try await sandbox.okta(
            "user", "partial-update-user", "--for", "file:ids.txt", "--set", "profile.city=Oslo")
        #expect(run.code == 0, "\(run.errors)")
        let list = try JSON(parsing: try await sandbox.okta("runs", "list", "--format", "json").output)
        return (org, sandbox, try #require(list[0]?["id"]?.string), "\(sandbox.path)/state/okta/runs")
    }

    /// Copies the journal under an older id, and changes it.
    private func copy(_ id: String, in folder: String, _ sql: String) throws -> String {
        let copy = "20200101-000000-000xx"
        try FileManager.default.copyItem(atPath: "\(folder)/\(id).sqlite", toPath: "\(folder)/\(copy).sqlite")
        let database = try DatabaseQueue(path: "\(folder)/\(copy).sqlite")
        try database.write { try $0.execute(sql: sql) }
        try database.close()
        return copy
    }

    @Test(
        "Other journals: an unreadable journal is named, and the other runs are listed",
        arguments: [
            ("ALTER TABLE run DROP COLUMN keepsBefore", "not a journal that this version of okta can read"),
            ("ALTER TABLE row DROP COLUMN begun", "not a journal that this version of okta can read"),
            ("PRAGMA user_version = 99", "written by a later version of okta"),
        ])
    func unreadable(_ sql: String, _ message: String) async throws {
        let (org, sandbox, id, folder) = try await scene()
        let other = try copy(id, in: folder, sql)
        try sandbox.write(
            "state/okta/runs/20190101-000000-000xx.sqlite", "This is not a database, but a text of some length.")
        let list = try await sandbox.okta("runs", "list", "--format", "csv", "--columns", "id,state")
        #expect(list.code == 0)
        #expect(
            list.output == "id,state\r\n\(id),finished\r\n\(other),unreadable\r\n20190101-000000-000xx,unreadable\r\n")
        #expect(
            list.errors.contains(message) && list.errors.contains("is not a journal, or is damaged"), "\(list.errors)")
        for command in ["show", "resume", "undo"] {
            let run = try await sandbox.okta("runs", command, other)
            #expect(run.code == 2 && run.errors.contains(message), "\(run.errors)")
        }
        await org.stop()
    }

    @Test("Other journals: unknown columns and actions are ignored")
    func newer() async throws {
        let (org, sandbox, id, folder) = try await scene()
        let other = try copy(
            id, in: folder,
            """
            ALTER TABLE run ADD COLUMN future TEXT; ALTER TABLE row ADD COLUMN future TEXT;
            UPDATE row SET state = 0;
            UPDATE row SET state = 2, call = '{"action":"user/future-action","values":{}}' WHERE number = 1;
            UPDATE row SET state = 1, call = 'junk' WHERE number = 2;
            """)
        let show = try await sandbox.okta("runs", "show", other, "--format", "csv", "--columns", "row,state,request")
        #expect(show.output.contains("1,done,user/future-action\r\n2,in flight,\r\n"), "\(show.output)\(show.errors)")
        let undo = try await sandbox.okta("runs", "undo", other, "--dry-run")
        #expect(undo.errors.contains("row 1 cannot be undone (): there is no action 'future-action'"), "\(undo.errors)")
        let resumed = try await sandbox.okta("runs", "resume", other, "--settle", "0")
        #expect(resumed.code == 5, "\(resumed.errors)")
        #expect(resumed.errors.contains("a row of the journal has no action; it may be done"), "\(resumed.errors)")
        let list = try await sandbox.okta("runs", "list", "--format", "csv", "--columns", "state,done,unknown,left")
        #expect(list.output.hasSuffix("finished,2,1,0\r\n"), "\(list.output)")
        await org.stop()
    }

    @Test("Other journals: showing a run does not mark it as running, and writes nothing")
    func looks() async throws {
        let (org, sandbox, id, folder) = try await scene()
        try FileManager.default.removeItem(atPath: "\(folder)/\(id).lock")
        let list = try await sandbox.okta("runs", "list", "--format", "csv", "--columns", "state")
        #expect(list.output == "state\r\nfinished\r\n", "\(list.output)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(id).lock"))
        await org.stop()
    }
}
#endif
