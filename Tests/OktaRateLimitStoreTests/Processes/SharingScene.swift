#if LocalOrg && Redis
import Foundation
import OktaLocalOrg
import OktaRuntime
import Testing

/// Workers in processes of their own against one org, in a simulated time.
struct SharingScene {
    /// One worker.
    struct Worker {
        var name: String
        var weight = 1
        var isBulk = false
        var kinds = WorkKind.allCases
        var parallel = 3
        /// The address of the store, where it is not that of the scene.
        var store: String?
    }

    var workers: [Worker]
    var store: String?
    /// How long the workers work, in simulated minutes.
    var minutes: Double
    /// How many seconds pass in one of the machine.
    var speed = Double(ProcessInfo.processInfo.environment["OKTA_TEST_LIMITS_SPEED"] ?? "") ?? 6
    /// A factor on the limits of the org.
    var scale = 0.25
    /// The error of each other worker's clock, in seconds.
    var clockError = 0.0
    /// What happens meanwhile, with the workers that run; it ends with the scene.
    var disturbance: (@Sendable (Stage) async throws -> Void)?

    /// Whether the machine is there for these tests: `OKTA_MEASURE=shared-limits`, and a Redis server.
    static var isMeasured: Bool {
        RedisServer.program != nil && ProcessInfo.processInfo.environment["OKTA_MEASURE"] == "shared-limits"
    }

    /// Runs the scene.
    func run() async throws -> SharingReport {
        let org = try await SimulatedOrg(speed: speed, scale: scale)
        let end = minutes * 60
        let stage = Stage(org: org, end: end)
        for (index, worker) in workers.enumerated() {
            var time = org.time
            if index % 2 == 1 { time.error = clockError }
            try await stage.start(
                WorkerOrders(
                    orgURL: org.org.url, time: time, end: end, name: worker.name, weight: worker.weight,
                    isBulk: worker.isBulk, kinds: worker.kinds, parallel: worker.parallel, store: worker.store ?? store)
            )
        }
        let disturbing = Task { [disturbance] in try await disturbance?(stage) }
        try? await org.time.sleep(until: .seconds(end))
        disturbing.cancel()
        if case .failure(let error) = await disturbing.result, !(error is CancellationError) { throw error }
        try await stage.finish()
        let report = SharingReport(org.tally, minutes: minutes)
        await org.stop()
        return report
    }

    /// The workers of a scene.
    actor Stage {
        let org: SimulatedOrg
        let end: Double
        private var running: [WorkerProcess] = []

        init(org: SimulatedOrg, end: Double) {
            self.org = org
            self.end = end
        }

        func start(_ orders: WorkerOrders) throws { running.append(try WorkerProcess(orders)) }

        /// Ends a worker as `kill -9` does, and starts another one of the same name.
        func replace(_ number: Int) async throws {
            let worker = running[number % running.count]
            await worker.kill()
            running[number % running.count] = try WorkerProcess(worker.orders)
        }

        func finish() async throws { for worker in running { try await worker.finish() } }
    }
}

/// What the org saw.
struct SharingReport: CustomStringConvertible {
    /// A bucket.
    struct Bucket {
        let kind: WorkKind
        /// Windows that had ended with the scene.
        let windows: Int
        let limit: Int
        /// The part of the limits of these windows that was used.
        let use: Double
        /// The same against all minutes of the scene, with the pauses between windows.
        let pace: Double
        let byProgram: [String: Int]
        /// Accepted and refused calls of each window, the last one included.
        let counts: [(accepted: Int, refused: Int)]

        /// A program's part of the calls.
        func share(_ name: String) -> Double {
            Double(byProgram[name] ?? 0) / Double(max(byProgram.values.reduce(0, +), 1))
        }
    }

    let refusals: Int
    let buckets: [Bucket]
    let minutes: Double

    init(_ tally: Tally, minutes: Double) {
        refusals = tally.refusals
        self.minutes = minutes
        buckets = WorkKind.allCases.compactMap { kind in
            let all = tally.windows(of: kind)
            // The last one was not over.
            let windows = all.dropLast()
            guard let limit = windows.first?.count.limit else { return nil }
            let accepted = windows.reduce(0) { $0 + $1.count.accepted }
            var programs: [String: Int] = [:]
            // In the first one, some programs were not there yet.
            for window in windows.dropFirst() { programs.merge(window.count.byProgram) { $0 + $1 } }
            return Bucket(
                kind: kind, windows: windows.count, limit: limit,
                use: Double(accepted) / Double(limit * windows.count),
                pace: Double(all.reduce(0) { $0 + $1.count.accepted }) / (Double(limit) * minutes.rounded(.up)),
                byProgram: programs, counts: all.map { ($0.count.accepted, $0.count.refused) })
        }
    }

    /// Checks the promise: no refusal, all of the limits used, and shares by weight.
    func check(_ workers: [SharingScene.Worker], use: Double = 0.97, weights: Double = 0.05) {
        #expect(refusals == 0, "\(self)")
        #expect(!buckets.isEmpty)
        let total = Double(workers.reduce(0) { $0 + $1.weight })
        for bucket in buckets {
            #expect(bucket.windows > 1)
            #expect(bucket.use >= use, "\(self)")
            for worker in workers {
                let fair = Double(worker.weight) / total
                // One permit of a small limit is more than a twentieth.
                let slack = max(weights * fair, 1.5 / Double(bucket.limit))
                #expect(abs(bucket.share(worker.name) - fair) <= slack, "\(worker.name) in \(bucket.kind): \(self)")
            }
        }
    }

    var description: String {
        "refused: \(refusals)\n"
            + buckets.map { bucket in
                let programs = bucket.byProgram.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                return "\(bucket.kind.rawValue): \(bucket.windows) windows of \(bucket.limit), used "
                    + "\(Self.percent(bucket.use)), pace \(Self.percent(bucket.pace)); "
                    + programs.joined(separator: ", ") + "; windows "
                    + bucket.counts.map { $0.refused > 0 ? "\($0.accepted)-\($0.refused)" : "\($0.accepted)" }
                    .joined(separator: " ")
            }.joined(separator: "\n")
    }

    private static func percent(_ part: Double) -> String { String(format: "%.1f %%", part * 100) }
}
#endif
