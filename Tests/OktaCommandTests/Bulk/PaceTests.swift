#if CommandLine
import HTTPTypes
import Testing

@testable import OktaCommand
@testable import OktaLocalOrg
@testable import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Runs against an org without sockets, in its own time: `OKTA_MEASURE=pace swift test --filter PaceTests`.
///
/// A measurement, which does not run with the tests because it needs an idle machine.
@Suite(.hangLimit, .enabled(if: ProcessInfo.processInfo.environment["OKTA_MEASURE"] == "pace"))
struct PaceTests {
    @Test("Pace: 10,000 updates under 600 a minute take the least time that the limit allows, without a refusal")
    func meetsLimit() async throws {
        let start = 1_764_000_000
        let clock = OrgClock.standing(at: start)
        var settings = OrgConfiguration()
        settings.clock = clock
        settings.tokenShare = 100
        settings.requestJournalCapacity = 30_000
        let engine = OrgEngine(settings)
        let count = 10_000
        // The list omits deactivated users.
        engine.seed(users: count + count / 10)
        let client = try OktaClient.of(
            engine, in: clock,
            RunSettings().configuration(OktaConfiguration(orgURL: "https://acme.okta.com", token: "any")))
        let list = try CommandCatalog.all.category("user").action("list-users")
        var ids: [String] = []
        for try await user in try client.pages(for: list.descriptor, arguments: ["limit": "200"]) {
            if let id = user["id"]?.string, ids.count < count { ids.append(id) }
        }
        engine.forgetRequests()
        engine.limit(enforced: true, scale: 1, concurrency: nil)
        let action = try CommandCatalog.all.category("user").action("partial-update-user")
        let journal = try RunJournal(path: "")
        var header = RunHeader(id: "x", created: 0, orgURL: "https://acme.okta.com", title: "updates")
        header.rowCount = ids.count
        try journal.write(header)
        let rows = ids.enumerated().map { index, id in
            RunJournal.NewRow(
                number: index + 1, place: "row \(index + 1)",
                call: RowCall(action, values: ["id": id], body: ["profile": ["city": JSON("City \(index)")]]))
        }
        #expect(try journal.add(rows).isEmpty)
        let context = ProgramContext(environment: [:], output: .memory(), notices: .memory(), input: .text(""))
        let progress = ProgressLine("updates", context: context)
        let executor = RunExecutor(
            journal, header, client: client, settings: RunSettings(), results: RunResults(nil, progress),
            progress: progress, context: context)
        let summary = try await executor.run()
        #expect(summary.stop == nil)
        #expect(summary.count(.done) == count)
        let requests = engine.requests
        #expect(!requests.contains { $0.status == 429 })
        #expect(requests.filter { $0.method == "POST" && $0.status == 200 }.count == count)
        // 600 calls are sent at once, and 600 after each end of a window, the last ones after 16 minutes.
        let least = (count - 1) / 600 * 60
        let taken = clock.now.seconds - start
        #expect(taken >= least && Double(taken) <= Double(least) * 1.03, "\(taken) s instead of \(least) s")
        #expect(try journal.rows([.done], limit: 3).allSatisfy { $0.before?["profile"] != nil && $0.requestID != nil })
    }
}
#endif
