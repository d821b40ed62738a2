#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

/// The confirmation before a deletion, on a pseudo-terminal.
@Suite("Confirmation", .hangLimit) struct ConfirmationTests {
    /// An org with users, and a person at a terminal.
    private func scene() async throws -> (org: LocalOrg, sandbox: Sandbox, ids: [String]) {
        let org = try await LocalOrg.start()
        org.seed(users: 6)
        let users = try await org.client.request(.get, target: "/api/v1/users?limit=200").json().elements ?? []
        let ids = users.filter { $0["status"] == "ACTIVE" }.compactMap { $0["id"]?.string }
        let sandbox = try Sandbox(org)
        try sandbox.write("ids.txt", ids.joined(separator: "\n"))
        return (org, sandbox, ids)
    }

    /// Starts a command, waits for its question, and types an answer.
    private func answer(_ arguments: [String], _ typed: String, in sandbox: Sandbox) async throws -> ProcessOutcome {
        let process = try sandbox.start(arguments, terminal: TerminalSize(columns: 200))
        #expect(await process.waits { output, _ in output.contains("Continue? [y/N] ") }, "\(process.output)")
        process.send(typed)
        return await process.outcome()
    }

    @Test("Confirmation: yes runs the action, for one object and for a set", arguments: ["y\n", "yes\n", "YES\n"])
    func yes(_ typed: String) async throws {
        let (org, sandbox, ids) = try await scene()
        let single = try await answer(["user", "suspend-user", ids[0]], typed, in: sandbox)
        #expect(single.code == 0, "\(single.output)")
        try org.expect("POST /api/v1/users/{}/lifecycle/suspend", times: 1)
        try sandbox.write("ids.txt", ids.dropFirst().joined(separator: "\n"))
        let set = try await answer(["user", "suspend-user", "--for", "file:ids.txt"], typed, in: sandbox)
        #expect(set.code == 0, "\(set.output)")
        #expect(set.output.contains("user suspend-user would run for \(ids.count - 1) objects in \(org.url)"))
        try org.expect("POST /api/v1/users/{}/lifecycle/suspend", times: ids.count)
        await org.stop()
    }

    @Test("Confirmation: the answer is typed on the terminal if standard input has the set or the body")
    func asksOnTheTerminal() async throws {
        let (org, sandbox, ids) = try await scene()
        let okta = try Sandbox.executable("okta")
        func answer(_ script: String, _ typed: String) async throws -> ProcessOutcome {
            let process = try sandbox.start("/bin/sh", ["-c", script], terminal: TerminalSize(columns: 200))
            #expect(await process.waits { output, _ in output.contains("Continue? [y/N] ") }, "\(process.output)")
            process.send(typed)
            return await process.outcome()
        }
        let suspend = "cat ids.txt | '\(okta)' user suspend-user --for -"
        let no = try await answer(suspend, "n\n")
        #expect(no.code == 2 && no.output.contains("nothing was changed"), "\(no.output)")
        let interrupted = try await answer(suspend, "\u{3}")
        #expect(interrupted.code == 130, "\(interrupted.output)")
        try org.expect("POST /api/v1/users/{}/lifecycle/suspend", times: 0)
        let yes = try await answer(suspend, "y\n")
        #expect(yes.code == 0, "\(yes.output)")
        try org.expect("POST /api/v1/users/{}/lifecycle/suspend", times: ids.count)
        let body = try await answer("echo '{}' | '\(okta)' request DELETE /api/v1/users/\(ids[0]) --body -", "n\n")
        #expect(body.code == 2 && body.output.contains("nothing was changed"), "\(body.output)")
        // In a loop over a pipe, the input is the rest of the list, so there is no question.
        let loop = try sandbox.start(
            "/bin/sh", ["-c", "cat ids.txt | '\(okta)' user suspend-user \(ids[0])"],
            terminal: TerminalSize(columns: 200))
        let refused = await loop.outcome()
        #expect(refused.code == 2 && refused.output.contains("this needs a confirmation"), "\(refused.output)")
        await org.stop()
    }

    @Test(
        "Confirmation: other answers, the end of input and Control-C change nothing and leave no run",
        arguments: [("n\n", 2), ("\n", 2), ("yess\n", 2), ("\u{4}", 2), ("\u{3}", 130)])
    func no(_ typed: String, _ code: Int32) async throws {
        let (org, sandbox, ids) = try await scene()
        for command in [["user", "suspend-user", ids[0]], ["user", "suspend-user", "--for", "file:ids.txt"]] {
            let run = try await answer(command, typed, in: sandbox)
            #expect(run.code == code, "\(run.output)")
            #expect(run.output.contains("nothing was changed"))
        }
        try org.expect("POST /api/v1/users/{}/lifecycle/suspend", times: 0)
        let runs = try await sandbox.okta("runs", "list", "--format", "json")
        #expect(try JSON(parsing: runs.output).count == 0)
        await org.stop()
    }
}
#endif
