#if CommandLine && LocalOrg
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Limits: the program")
struct LimitsProgramTests {
    private func org() async throws -> LocalOrg {
        var options = LocalOrg.Options()
        options.org.enforcesRateLimits = true
        return try await LocalOrg.start(options)
    }

    @Test("Program: one table where there is no terminal", .hangLimit)
    func table() async throws {
        let org = try await org()
        let run = try await Sandbox(org).okta("limits", "--format", "json")
        #expect(run.code == 0, "\(run.errors)")
        let rows = try #require(try JSON(parsing: run.output).elements)
        let buckets = rows.compactMap { $0["bucket"]?.string }
        #expect(buckets.contains("GET /api/v1/users") && buckets.contains("GET /api/v1/logs"))
        #expect(rows.allSatisfy { $0["limit"]?.int ?? 0 > 0 && $0["remaining"]?.int != nil })
        await org.stop()
    }

    @Test("Program: bars on a terminal until Control-C", .hangLimit)
    func live() async throws {
        let org = try await org()
        let process = try Sandbox(org).start(
            ["limits", "--interval", "1"], environment: ["NO_COLOR": "1"], terminal: TerminalSize())
        // Drawn twice: the second time over the first.
        let isDrawn = await process.waits { output, _ in output.contains("left") && output.contains("A\u{1B}[2K") }
        #expect(isDrawn, "\(process.output)")
        process.send("\u{3}")
        let run = await process.outcome()
        #expect(run.code == 0, "\(run.output)")
        await org.stop()
    }
}
#endif
