#if CommandLine && LocalOrg
import Foundation
import OktaCommand
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

    @Test("Limits: one table without a terminal", .hangLimit)
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

    @Test("Limits: commands share limits through files, and return unused permits", .hangLimit)
    func sharing() async throws {
        let org = try await org()
        let sandbox = try Sandbox(org)
        let folder = "\(sandbox.path)/state/okta/limits"
        let alone = try await sandbox.okta("user", "list-users", environment: ["OKTA_SHARED_LIMITS": "off"])
        #expect(alone.code == 0 && !FileManager.default.fileExists(atPath: folder))
        #expect(try await sandbox.okta("user", "list-users").code == 0)
        let store = try FileRateLimitStore(folder: folder)
        let known = try #require(store.known(org: org.url).first { $0.bucket == "GET /api/v1/users" })
        #expect(known.content.members.values.map(\.name) == ["okta"])
        #expect(known.content.members.values.allSatisfy { $0.held == 0 })
        #expect(known.content.windows.values.first?.limit ?? 0 > 0)

        var request = LeaseRequest(bucket: "GET /api/v1/users")
        request.waiting = 2
        let program = SharingProgram(id: "1", name: "job", weight: 1, principal: "p")
        let replies = try await store.exchange(
            LeaseExchange(org: org.url, program: program, now: nil, requests: [request]))
        #expect(replies.map(\.granted) == [2])
        let limits = try await sandbox.okta("limits", "--format", "json")
        let rows = try #require(try JSON(parsing: limits.output).elements)
        let row = try #require(rows.first { $0["bucket"]?.string == "GET /api/v1/users" })
        #expect(row["clients"]?.elements?.map(\.string) == ["job: 2 held, 0 waiting"])

        let wrong = try await sandbox.okta("user", "list-users", environment: ["OKTA_SHARED_LIMITS": "no"])
        #expect(wrong.code == 2 && wrong.errors.contains("OKTA_SHARED_LIMITS is 'no'"), "\(wrong.errors)")
        await org.stop()
    }

    @Test("Limits: bars on a terminal until Control-C", .hangLimit)
    func live() async throws {
        let org = try await org()
        let sandbox = try Sandbox(org)
        // The program runs in the folder of the sandbox, which is removed with it.
        defer { withExtendedLifetime(sandbox) {} }
        let process = try sandbox.start(
            ["limits", "--interval", "1"], environment: ["NO_COLOR": "1"], terminal: TerminalSize())
        // The table is drawn twice, the second time over the first one.
        let isDrawn = await process.waits { output, _ in output.contains("left") && output.contains("A\u{1B}[2K") }
        #expect(isDrawn, "\(process.output)")
        process.send("\u{3}")
        let run = await process.outcome()
        #expect(run.code == 0, "\(run.output)")
        await org.stop()
    }
}
#endif
