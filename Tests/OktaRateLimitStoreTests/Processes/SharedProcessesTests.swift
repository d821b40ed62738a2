#if LocalOrg && Redis
import Foundation
import OktaRuntime
import Testing

/// Programs that share the limits of one org, each in a separate process: none is refused, the limits are used up, and
/// each gets its part.
///
/// `make test-integration` runs the first two for a few simulated minutes, and `make test-shared-limits` all. For ten
/// minutes each: `make test-shared-limits OKTA_MEASURE=shared-limits`.
@Suite("Shared limits: processes", .hangLimit, .serialized, .enabled(if: RedisServer.program != nil))
struct SharedProcessesTests {
    /// Whether to run the scenes with wrong clocks, kills and a stopped server, too.
    private static let hasDisturbances = SharingScene.areAllPlayed

    private static let eight = (1...8).map {
        SharingScene.Worker(name: "w\($0)", weight: [1, 1, 1, 1, 2, 2, 3, 4][$0 - 1])
    }

    @Test("Shared limits: eight processes share files")
    func files() async throws {
        let folder = try TemporaryFolder()
        let report = try await SharingScene(workers: Self.eight, store: folder.path).run()
        report.check(Self.eight)
    }

    @Test("Shared limits: eight processes share a Redis server at eight addresses")
    func redis() async throws {
        let port = try #require(ProcessInfo.processInfo.environment["OKTA_TEST_REDIS_PORT"])
        let workers = Self.eight.enumerated().map { index, worker in
            var worker = worker
            worker.store = "redis://127.0.0.\(index + 1):\(port)"
            return worker
        }
        let report = try await SharingScene(workers: workers).run()
        report.check(workers)
    }

    @Test(
        "Shared limits: eight processes, and curl, okta for Python and a program in Go behind a proxy",
        .enabled(if: hasDisturbances && ForeignClients.proxy != nil && ForeignClients.python != nil),
        arguments: [false, true])
    func foreignClients(usesRedis: Bool) async throws {
        let folder = try TemporaryFolder()
        let server = try await RedisServer()
        var scene = SharingScene(workers: Self.eight, store: usesRedis ? server.url : folder.path)
        scene.speed = 1
        scene.foreignWeight = ForeignClients.names.count
        let report = try await scene.run()
        report.check(Self.eight + ForeignClients.names.map { SharingScene.Worker(name: $0) })
    }

    @Test(
        "Shared limits: a machine whose clock is an hour ahead", .enabled(if: hasDisturbances),
        arguments: [false, true])
    func wrongClock(usesRedis: Bool) async throws {
        let folder = try TemporaryFolder()
        let server = try await RedisServer()
        var scene = SharingScene(workers: Self.eight, store: usesRedis ? server.url : folder.path)
        scene.clockError = 3600
        let report = try await scene.run()
        report.check(Self.eight)
    }

    @Test(
        "Shared limits: processes that are killed ten times a minute", .enabled(if: hasDisturbances),
        arguments: [false, true])
    func kills(usesRedis: Bool) async throws {
        let folder = try TemporaryFolder()
        let server = try await RedisServer()
        var scene = SharingScene(workers: Self.eight, store: usesRedis ? server.url : folder.path)
        // A restarted program uses the store's time until its first response, and the clock of a server does not run
        // faster than that of the machine.
        if usesRedis { scene.speed = 1 }
        scene.disturbance = { stage in
            var random = SplitMix64(seed: 1)
            while await stage.pause(6) { try await stage.replace(Int.random(in: 0..<8, using: &random)) }
        }
        let report = try await scene.run()
        // A killed program is compared only in windows that it was there to use.
        report.check(Self.eight)
    }

    @Test(
        "Shared limits: a Redis server that is stopped, emptied and restarted",
        .enabled(if: hasDisturbances))
    func disturbedServer() async throws {
        let server = try await RedisServer()
        var scene = SharingScene(workers: Self.eight, store: server.url)
        scene.disturbance = { stage in
            while await stage.pause(20) {
                server.signal(SIGSTOP)
                let goesOn = await stage.pause(12)
                server.signal(SIGCONT)
                guard goesOn, await stage.pause(20) else { return }
                try server.command("FLUSHALL")
                guard await stage.pause(20) else { return }
                server.end()
                try await server.start()
            }
        }
        let report = try await scene.run()
        report.check(Self.eight)
    }
}
#endif
