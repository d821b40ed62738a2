#if LocalOrg && Redis
import Foundation
import OktaLocalOrg
import OktaRuntime
import Testing

/// Workers in separate processes against one org, in a simulated time.
struct SharingScene {
    /// One worker.
    struct Worker {
        var name: String
        var weight = 1
        var isBulk = false
        var kinds: [WorkKind] = [.users, .user, .groups]
        var parallel = 8
        /// The address of the store, if it differs from that of the scene.
        var store: String?
    }

    var workers: [Worker]
    var store: String?
    /// The weight of a proxy with two clients of other vendors; nil for none. These clients use the machine's time, so
    /// ``speed`` must be 1.
    var foreignWeight: Int?
    /// Whether to run all scenes and to print their figures: `OKTA_TEST_SCENES=all`.
    static let areAllPlayed = ProcessInfo.processInfo.environment["OKTA_TEST_SCENES"] == "all"
    /// Whether scenes take ten minutes: `OKTA_MEASURE=shared-limits`.
    static let isMeasured = ProcessInfo.processInfo.environment["OKTA_MEASURE"] == "shared-limits"
    /// The duration in simulated minutes: a few, or ten for measurements.
    var minutes = isMeasured ? 10.2 : 3.2
    /// The simulated seconds per second of the machine.
    var speed = 4.0
    /// A factor on the limits of the org.
    var scale = 0.25
    /// The seconds by which the machine's clock is ahead of the org's.
    var clockError = 0.0
    /// A disturbance during the scene, which ends with it.
    var disturbance: (@Sendable (Stage) async throws -> Void)?

    /// Runs the scene.
    func run() async throws -> SharingReport {
        let org = try await SimulatedOrg(speed: speed, error: clockError, scale: scale)
        let end = minutes * 60
        let stage = Stage(org: org, end: end)
        for worker in workers {
            try await stage.start(
                WorkerOrders(
                    orgURL: org.org.url, time: org.time, end: end, name: worker.name, weight: worker.weight,
                    isBulk: worker.isBulk, kinds: worker.kinds, parallel: worker.parallel, store: worker.store ?? store)
            )
        }
        var foreign: ForeignClients?
        if let foreignWeight {
            foreign = try await ForeignClients(
                orgURL: org.org.url, store: try #require(store), weight: foreignWeight)
        }
        let disturbing = Task { [disturbance] in try await disturbance?(stage) }
        try? await org.time.sleep(until: .seconds(end))
        disturbing.cancel()
        if case .failure(let error) = await disturbing.result, !(error is CancellationError) { throw error }
        if let foreign {
            #expect(await foreign.areRunning)
            await foreign.stop()
        }
        try await stage.finish()
        let report = SharingReport(org.tally, start: Int(org.time.start), minutes: minutes)
        if Self.areAllPlayed { print("\(Test.current?.name ?? ""):\n\(report)") }
        await org.stop()
        return report
    }

    /// The workers of a scene.
    actor Stage {
        private let org: SimulatedOrg
        private let end: Double
        private var running: [WorkerProcess] = []

        init(org: SimulatedOrg, end: Double) {
            self.org = org
            self.end = end
        }

        func start(_ orders: WorkerOrders) throws { running.append(try WorkerProcess(orders)) }

        /// Kills a worker like `kill -9`, and starts another one with the same name.
        func replace(_ number: Int) async throws {
            let worker = running[number % running.count]
            await worker.kill()
            running[number % running.count] = try WorkerProcess(worker.orders)
        }

        /// Waits until a time of the org, and returns whether the scene continues.
        nonisolated func pause(_ seconds: Double) async -> Bool {
            guard (try? await org.time.sleep(until: org.time.elapsed + .seconds(seconds))) != nil else { return false }
            // The last window has no disturbances, so that all workers can finish.
            return !Task.isCancelled && org.time.seconds < end - 10
        }

        func finish() async throws { for worker in running { try await worker.finish() } }
    }
}

/// The calls that the org received.
struct SharingReport: CustomStringConvertible {
    /// A bucket.
    struct Bucket {
        let kind: WorkKind
        /// The number of windows that ended during the scene.
        let windows: Int
        let limit: Int
        /// The part of the limits of these windows that was used.
        let use: Double
        /// The used part of the limits of all minutes, including the pauses between windows.
        let pace: Double
        let byProgram: [String: Int]
        /// The accepted and refused calls of each window, including the last one, and its start in seconds of the
        /// scene.
        let counts: [(accepted: Int, refused: Int, begin: Int)]

        /// Returns a program's share of the calls.
        func share(_ name: String) -> Double {
            Double(byProgram[name] ?? 0) / Double(max(byProgram.values.reduce(0, +), 1))
        }
    }

    let refusals: Int
    let buckets: [Bucket]
    let minutes: Double

    init(_ tally: Tally, start: Int, minutes: Double) {
        refusals = tally.refusals
        self.minutes = minutes
        buckets = WorkKind.allCases.compactMap { kind in
            let all = tally.windows(of: kind)
            // The last window had not ended.
            let windows = all.dropLast()
            guard let limit = windows.first?.count.limit else { return nil }
            let accepted = windows.reduce(0) { $0 + $1.count.accepted }
            var programs: [String: Int] = [:]
            // Some programs were not running yet in the first window.
            for window in windows.dropFirst() { programs.merge(window.count.byProgram) { $0 + $1 } }
            return Bucket(
                kind: kind, windows: windows.count, limit: limit,
                use: Double(accepted) / Double(limit * windows.count),
                pace: Double(all.reduce(0) { $0 + $1.count.accepted }) / (Double(limit) * minutes.rounded(.up)),
                byProgram: programs, counts: all.map { ($0.count.accepted, $0.count.refused, $0.end - 60 - start) })
        }
    }

    /// Checks the promise: no refusal, all of the limits used, and shares by weight.
    ///
    /// - Parameters:
    ///   - use: The least part of the limits that is used.
    ///   - weights: How far a share may be from that by weight, as a part of it; nil where it is not compared.
    func check(_ workers: [SharingScene.Worker], use: Double = 0.97, weights: Double? = 0.05) {
        #expect(refusals == 0, "\(self)")
        #expect(!buckets.isEmpty)
        let total = Double(workers.reduce(0) { $0 + $1.weight })
        for bucket in buckets {
            #expect(bucket.windows > 1)
            #expect(bucket.use >= use, "\(self)")
            guard let weights else { continue }
            for worker in workers {
                let fair = Double(worker.weight) / total
                // A few permits of a small limit are more than a twentieth.
                let slack = max(weights * fair, 3 / Double(bucket.limit))
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
                    + bucket.counts.map {
                        ($0.refused > 0 ? "\($0.accepted)-\($0.refused)" : "\($0.accepted)") + " from \($0.begin) s"
                    }.joined(separator: ", ")
            }.joined(separator: "\n")
    }

    private static func percent(_ part: Double) -> String { String(format: "%.1f %%", part * 100) }
}
#endif
