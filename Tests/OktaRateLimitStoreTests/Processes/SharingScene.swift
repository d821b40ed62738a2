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
    /// The weight of a proxy with the clients of other vendors; nil for none. These clients use the machine's time, so
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
        var report = SharingReport(org.tally, start: Int(org.time.start), minutes: minutes)
        report.absences = await stage.absences
        if Self.areAllPlayed { print("\(Test.current?.name ?? ""):\n\(report)") }
        await org.stop()
        return report
    }

    /// The workers of a scene.
    actor Stage {
        private let org: SimulatedOrg
        private let end: Double
        private var running: [WorkerProcess] = []
        /// The times in which killed workers were absent, in seconds of the scene.
        private(set) var absences: [SharingReport.Absence] = []

        init(org: SimulatedOrg, end: Double) {
            self.org = org
            self.end = end
        }

        func start(_ orders: WorkerOrders) throws { running.append(try WorkerProcess(orders)) }

        /// Kills a worker like `kill -9`, and starts another one with the same name.
        func replace(_ number: Int) async throws {
            let worker = running[number % running.count]
            await worker.kill()
            // A worker needs a few seconds to start and to make its first call.
            let killed = org.time.seconds
            absences.append(.init(name: worker.orders.name, time: killed...killed + 3 * org.time.speed))
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
    /// A time without a worker.
    struct Absence {
        var name: String
        var time: ClosedRange<Double>
    }

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
        /// The calls of each window that counts for shares, and the times at which it began and was used up.
        let settled: [(byProgram: [String: Int], time: ClosedRange<Double>)]
        /// The accepted and refused calls of each window, including the last one, and its start in seconds of the
        /// scene.
        let counts: [(accepted: Int, refused: Int, begin: Int)]

        /// Returns the calls of a worker, and those by its weight: its part of the calls of all workers that were
        /// present until a window was used up. Windows in which the worker was absent do not count.
        func calls(
            of worker: SharingScene.Worker, among workers: [SharingScene.Worker], _ absences: [Absence]
        ) -> (made: Int, fair: Double) {
            var (made, fair) = (0, 0.0)
            for window in settled {
                let absent = Set(absences.filter { $0.time.overlaps(window.time) }.map(\.name))
                guard !absent.contains(worker.name) else { continue }
                let present = workers.filter { !absent.contains($0.name) }
                let total = present.reduce(0) { $0 + (window.byProgram[$1.name] ?? 0) }
                made += window.byProgram[worker.name] ?? 0
                fair += Double(total * worker.weight) / Double(present.reduce(0) { $0 + $1.weight })
            }
            return (made, fair)
        }
    }

    let refusals: Int
    let buckets: [Bucket]
    let minutes: Double
    var absences: [Absence] = []

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
                byProgram: programs,
                settled: windows.dropFirst().map { window in
                    let begin = Double(window.end - 60 - start)
                    return (window.count.byProgram, begin...max(begin, window.count.filled ?? begin + 60))
                },
                counts: all.map { ($0.count.accepted, $0.count.refused, $0.end - 60 - start) })
        }
    }

    /// Checks the promise: no refusal, all of the limits used, and shares by weight.
    ///
    /// - Parameters:
    ///   - use: The least part of the limits that is used.
    ///   - weights: How far the calls of a worker may be from those by its weight, as a part of them.
    func check(_ workers: [SharingScene.Worker], use: Double = 0.97, weights: Double = 0.05) {
        #expect(refusals == 0, "\(self)")
        #expect(!buckets.isEmpty)
        for bucket in buckets {
            #expect(bucket.windows > 1)
            #expect(bucket.use >= use, "\(self)")
            for worker in workers {
                let (made, fair) = bucket.calls(of: worker, among: workers, absences)
                // A few permits of a small limit are more than a twentieth.
                let slack = max(weights * fair, Double(3 * bucket.settled.count))
                #expect(
                    abs(Double(made) - fair) <= slack,
                    "\(worker.name) in \(bucket.kind): \(made) of \(fair); \(self)")
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
