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
