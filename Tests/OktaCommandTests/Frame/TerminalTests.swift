#if CommandLine && LocalOrg
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

/// The built program on a pseudo-terminal.
@Suite("Terminal", .hangLimit) struct TerminalTests {
    @Test("Terminal: a list is a table that fits the width", arguments: [40, 80, 200])
    func table(_ columns: Int) async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 30)
        let run = try await Sandbox(org).okta(
            "user", "list-users", terminal: TerminalSize(columns: UInt16(columns), rows: 24))
        #expect(run.code == 0, "\(run.output)")
        // The progress line is erased completely.
        let lines = run.shownLines
        #expect(lines.first?.hasPrefix("id ") == true)
        #expect(lines.count > 20)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns }, "\(lines)")
        #expect(lines.dropFirst().allSatisfy { ObjectID.hasForm(String($0.prefix { $0 != " " })) }, "\(lines)")
        await org.stop()
    }

    @Test("Terminal: states have colors, but not with NO_COLOR")
    func colours() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 2)
        let sandbox = try Sandbox(org)
        let colored = try await sandbox.okta(["user", "list-users"], terminal: TerminalSize(columns: 160))
        #expect(colored.output.contains("\u{1B}[32mACTIVE"))
        let plain = try await sandbox.okta(
            ["user", "list-users"], environment: ["NO_COLOR": "1"], terminal: TerminalSize(columns: 160))
        // On a busy machine a line of progress is drawn and erased.
        #expect(!plain.output.contains("\u{1B}[3"))
        await org.stop()
    }

    @Test(
        "Terminal: Control-C ends the wait for a typed set or for a response, and nothing is sent",
        arguments: [Duration.zero, .milliseconds(700)])
    func interruptedSet(_ latency: Duration) async throws {
        var options = LocalOrg.Options()
        options.latency = latency
        let org = try await LocalOrg.start(options)
        let group = try await org.group("Sales")
        let ada = try await org.user("ada@example.com", "Ada", "Lovelace")
        let sandbox = try Sandbox(org)
        let process = try sandbox.start(
            ["group", "sync-members", "--group", group, "--to", "-"], terminal: TerminalSize(columns: 200))
        // The row is looked up as soon as it is typed. Then the command waits for the next one, or still for the
        // response.
        process.send("\(ada)\n")
        #expect(await eventually { org.requests.contains { $0.method == "GET" && $0.path.hasSuffix(ada) } })
        process.send("\u{3}")
        let run = await process.outcome()
        #expect(run.code == 130, "\(run.output)")
        #expect(run.output.contains("interrupted; nothing was sent"), "\(run.output)")
        try org.expect("PUT /api/v1/groups/{}/users/{}", times: 0)
        await org.stop()
    }

    @Test("Terminal: help fits the width", arguments: [60, 100])
    func help(_ columns: Int) async throws {
        let run = try await Sandbox().okta("help", terminal: TerminalSize(columns: UInt16(columns), rows: 24))
        #expect(run.output.split(separator: "\r\n").allSatisfy { DisplayWidth.of(String($0)) <= columns })
    }

    @Test("Terminal: progress is shown while a list takes long, and removed at its end")
    func progress() async throws {
        var options = LocalOrg.Options()
        options.latency = .milliseconds(700)
        let org = try await LocalOrg.start(options)
        org.seed(users: 10)
        let sandbox = try Sandbox(org)
        // The table goes to a file, so that only the progress is on the terminal.
        let okta = try Sandbox.executable("okta")
        let process = try sandbox.start(
            "/bin/sh", ["-c", "'\(okta)' user list-users --limit 2 > list.txt"], terminal: TerminalSize())
        let run = await process.outcome()
        #expect(run.code == 0)
        #expect(run.output.contains("user list-users: "))
        #expect(run.output.contains(" pages, "))
        #expect(run.output.hasSuffix("\r\u{1B}[K"))
        #expect(try JSON(parsing: sandbox.read("list.txt")).count == 11)
        await org.stop()
    }

    @Test("Terminal: a run over a set shows the number of done rows, and removes the line")
    func runProgress() async throws {
        var options = LocalOrg.Options()
        options.latency = .milliseconds(400)
        let org = try await LocalOrg.start(options)
        org.seed(users: 6)
        let sandbox = try Sandbox(org)
        let users = try await org.client.request(.get, target: "/api/v1/users?limit=200").json().elements ?? []
        let ids = users.compactMap { $0["id"]?.string }
        try sandbox.write("ids.txt", ids.joined(separator: "\n"))
        let run = try await sandbox.okta(
            "user", "partial-update-user", "--for", "file:ids.txt", "--set", "profile.city=Oslo", "--no-undo",
            "--in-flight", "1", terminal: TerminalSize(columns: 120))
        #expect(run.code == 0, "\(run.output)")
        #expect(run.output.contains("user partial-update-user: "))
        #expect(run.output.contains(" of \(ids.count) ("))
        let last = run.shownLines.last ?? ""
        #expect(last.hasSuffix("\(ids.count) done"), "\(last)")
        await org.stop()
    }
}
#endif
