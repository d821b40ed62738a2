#if LocalOrg && Redis
import Foundation
import OktaRuntime
import Testing

/// Programs that share the limits of one org, each in a process of its own.
///
/// They need the machine for themselves:
/// `OKTA_MEASURE=shared-limits Tests/Redis/with-redis swift test --no-parallel --filter SharedProcessesTests`.
@Suite("Shared limits: processes", .hangLimit, .serialized, .enabled(if: SharingScene.isMeasured))
struct SharedProcessesTests {
    private static let eight = (1...8).map {
        SharingScene.Worker(name: "w\($0)", weight: [1, 1, 1, 1, 2, 2, 3, 4][$0 - 1])
    }

    @Test("Shared limits: eight processes share a file by their weights, use the limits up, and none is refused")
    func files() async throws {
        let folder = try TemporaryFolder()
        let report = try await SharingScene(
            workers: Self.eight, store: folder.path, minutes: 10.2
        ).run()
        report.check(Self.eight)
    }

    @Test("Shared limits: the same over Redis, at eight addresses")
    func redis() async throws {
        let workers = try Self.remote()
        let report = try await SharingScene(workers: workers, minutes: 10.2).run()
        report.check(workers)
    }

    /// The workers with the server's address for each: another one of this machine, as if they were on other machines.
    private static func remote() throws -> [SharingScene.Worker] {
        let port = try #require(ProcessInfo.processInfo.environment["OKTA_TEST_REDIS_PORT"])
        return eight.enumerated().map { index, worker in
            var worker = worker
            worker.store = "redis://127.0.0.\(index + 1):\(port)"
            return worker
        }
    }
}
#endif
