#if CommandLine && LocalOrg
import OktaLocalOrg
import OktaRuntime
import Testing

/// The built program against a local org.
@Suite(.hangLimit) struct ProgramTests {
    @Test("Program: a list is JSON in a pipe and ends with 0")
    func lists() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let run = try await Sandbox(org).okta("user", "list-users", "--limit", "2")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
        #expect(try JSON(parsing: run.output).count == 4)
        await org.stop()
    }

    @Test("Program: a wrong word ends with 2 and says what was meant")
    func refusesWord() async throws {
        let run = try await Sandbox().okta("user", "lst-users")
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("Did you mean list-users"))
    }

    @Test("Program: an action is found by the id of Okta's operation, and the beginning of a change sends nothing")
    func operations() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 1)
        let sandbox = try Sandbox(org)
        let dry = try await sandbox.okta("user", "replaceUser", "me", "--body", "{}", "--dry-run")
        #expect(dry.code == 0 && dry.output.hasPrefix("PUT \(org.url)/api/v1/users/me\n"), "\(dry.errors)")
        let refused = try await sandbox.okta("user", "delete-us", "me", "--yes")
        #expect(refused.code == 2 && refused.errors.contains("only the beginning of delete-user"), "\(refused.errors)")
        let read = try await sandbox.okta("user", "get-us", "me", "--query", "/id")
        #expect(read.code == 2 && read.errors.contains("is the beginning of"), "\(read.errors)")
        #expect(org.requests.isEmpty)
        let list = try await sandbox.okta("actions", "--search", "replaceUser", "--format", "json")
        #expect(try JSON(parsing: list.output).elements?.contains { $0["action"] == "update-user" } ?? false)
        await org.stop()
    }

    @Test("Program: options may stand before the first word")
    func leadingOptions() async throws {
        let org = try await LocalOrg.start()
        for options in [["-o", "csv", "--columns", "status"], ["--columns=status", "--format=csv"]] {
            let run = try await Sandbox(org).okta(options + ["user", "get-user", "me"])
            #expect(run.output == "status\r\nACTIVE\r\n", "\(run.errors)")
        }
        await org.stop()
    }

    @Test("Program: --first takes 1 or more")
    func first() async throws {
        for value in ["0", "-1", "-9223372036854775808"] {
            let run = try await Sandbox().okta("user", "list-users", "--first=\(value)")
            #expect(run.code == 2 && run.errors.contains("--first must be at least 1"), "\(run.errors)")
        }
    }

    @Test("Program: a refusal of the org ends with 1")
    func refusal() async throws {
        let org = try await LocalOrg.start()
        let run = try await Sandbox(org).okta("user", "get-user", "00u1ab2cd3EF4gh5ij6k")
        #expect(run.code == 1)
        #expect(run.errors.contains("E0000007"))
        await org.stop()
    }

    @Test("Program: Control-C on a terminal ends it with 130")
    func interruption() async throws {
        var options = LocalOrg.Options()
        options.latency = .seconds(3600)
        let org = try await LocalOrg.start(options)
        let sandbox = try Sandbox(org)
        let process = try sandbox.start(["user", "list-users"], terminal: TerminalSize())
        // The terminal shows what was typed when nobody takes it: the signal reaches the program at any time.
        #expect(await eventually { org.requests.count > 0 })
        process.send("\u{3}")
        #expect(await process.outcome().code == 130)
        await org.stop()
    }
}
#endif
