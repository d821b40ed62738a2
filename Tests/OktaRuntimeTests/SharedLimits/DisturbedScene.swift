import Foundation

@testable import OktaRuntime

/// Eight programs that share three limits in simulated time, and disturbances of them and of their store.
struct DisturbedScene: Sendable {
    /// A disturbance that lasts for the whole scene.
    enum Disturbance: String, CaseIterable, Sendable {
        case nothing
        /// A program is killed ten times a minute, and starts again.
        case kills
        /// The store does not reply for twelve seconds at a time.
        case outages
        /// The store loses its records.
        case wipes
        /// The store ends and starts again, without its records.
        case restarts
        /// The last three, in turn.
        case server
        /// All of them, and a clock of the store that is an hour off.
        case everything
    }

    static let weights = [1, 1, 1, 1, 2, 2, 3, 4]

    let seed: UInt64
    let disturbance: Disturbance
    let time = SimulatedTime()
    let limits: [SimulatedOrg.Limit]
    let simulation: LeaseSimulation
    private let store: FaultyStore
    private let generator: SplitMix64

    init(_ disturbance: Disturbance, seed: UInt64) {
        (self.disturbance, self.seed) = (disturbance, seed)
        var generator = SplitMix64(seed: seed)
        // A quarter of a real org's limits.
        limits = [("user", 500), ("users", 150), ("groups", 125)].map {
            SimulatedOrg.Limit(name: $0, calls: $1, offset: Int.random(in: 0...59, using: &generator))
        }
        let names = limits.map(\.name)
        let programs = Self.weights.enumerated().map {
            SimulatedProgram(name: "p\($0)", weight: $1, limits: names, tasks: 8)
        }
        let slowest = Double.random(in: 0.02...0.3, using: &generator)
        let org = SimulatedOrg(time: time, limits: limits, latency: slowest / 4...slowest, seed: seed) {
            String($0.split(separator: "/")[2])
        }
        store = FaultyStore(time: time, clockError: disturbance == .everything ? 3600 : 0)
        simulation = LeaseSimulation(programs, org: org, time: time, store: store, restart: 0.2...2)
        self.generator = generator
    }

    /// Runs the scene, and returns what was reached.
    func run(for duration: Duration) async throws -> SceneFigures {
        try await simulation.run(for: duration) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if disturbance == .kills || disturbance == .everything {
                    group.addTask { try await kill(until: duration) }
                }
                group.addTask { try await disturb(until: duration) }
                try await group.waitForAll()
            }
        }
        return SceneFigures(simulation.record, limits, Self.weights, from: time.start, to: duration)
    }

    private func kill(until end: Duration) async throws {
        var generator = generator
        while true {
            let pause = Duration.seconds(Double.random(in: 0...12, using: &generator))
            guard time.elapsed + pause < end else { return }
            try await time.sleep(for: pause)
            simulation.kill("p\(Int.random(in: Self.weights.indices, using: &generator))")
        }
    }

    private func disturb(until end: Duration) async throws {
        var generator = generator
        var turn = 0
        while let next = next(turn) {
            turn += 1
            let pause = Duration.seconds(Double.random(in: 15...25, using: &generator))
            // The disturbances end before the scene does.
            guard time.elapsed + pause + .seconds(20) < end else { return }
            try await time.sleep(for: pause)
            switch next {
            case .wipes: store.wipe()
            case .restarts:
                store.set(.fails)
                try await time.sleep(for: .seconds(Double.random(in: 0.05...1, using: &generator)))
                store.wipe()
                store.set(.works)
            default:
                store.set(.hangs)
                try await time.sleep(for: .seconds(12))
                store.set(.works)
            }
        }
    }

    /// The next disturbance of the store.
    private func next(_ turn: Int) -> Disturbance? {
        switch disturbance {
        case .nothing, .kills: nil
        case .outages, .wipes, .restarts: disturbance
        case .server, .everything: [.outages, .wipes, .restarts][turn % 3]
        }
    }
}

/// What programs reached in a scene in which work always waits.
struct SceneFigures: CustomStringConvertible {
    var accepted = 0
    var refused = 0
    /// The used part of each limit, in the windows that have ended.
    var use: [String: Double] = [:]
    /// How far the calls of a program are from those by its weight, as a part of them: the largest difference, and
    /// where it was. In each window, the programs are compared that were present until 97 % of its limit was used. Two
    /// calls in a window are no difference, because the last permits of a window are granted singly.
    var unfairness = (0.0, "")
    /// The longest time without a call although more than a tenth of a window was left.
    var idle = (Duration.zero, "")

    init(
        _ record: LeaseSimulation.Record, _ limits: [SimulatedOrg.Limit], _ weights: [Int], from start: Date,
        to end: Duration
    ) {
        accepted = record.statuses[200] ?? 0
        refused = record.statuses.filter { $0.key != 200 }.values.reduce(0, +)
        let last = Int(start.timeIntervalSince1970) + Int(end.components.seconds)
        for limit in limits {
            let cells = record.calls.filter { $0.key.limit == limit.name && $0.key.reset <= last }
            let windows = Set(cells.keys.map(\.reset)).sorted()
            use[limit.name] = Double(cells.values.reduce(0, +)) / Double(limit.calls * windows.count)
            // In the first window, the programs do not know each other yet.
            let settled = cells.filter { $0.key.reset != windows.first }
            var fair = [Double](repeating: 0, count: weights.count)
            var made = [Int](repeating: 0, count: weights.count)
            var compared = made
            for reset in windows.dropFirst() {
                let end = Duration.seconds(Double(reset) - start.timeIntervalSince1970)
                let used = noteIdle(record.times[limit.name]?[reset] ?? [], limit, end)
                let present = weights.indices.filter { index in
                    !record.absences.contains {
                        $0.program == "p\(index)" && $0.time.overlaps(end - .seconds(60)..<used)
                    }
                }
                let calls = Dictionary(
                    uniqueKeysWithValues: present.map { index in
                        (index, settled[.init(limit: limit.name, reset: reset, program: "p\(index)")] ?? 0)
                    })
                let total = calls.values.reduce(0, +)
                let weight = present.reduce(0) { $0 + weights[$1] }
                for (index, count) in calls {
                    made[index] += count
                    fair[index] += Double(total * weights[index]) / Double(weight)
                    compared[index] += 1
                }
            }
            for index in weights.indices {
                let difference = abs(Double(made[index]) - fair[index]) - Double(2 * compared[index])
                let part = difference / max(1, fair[index])
                guard part > unfairness.0 else { continue }
                unfairness = (part, "p\(index): \(made[index]) of \(Int(fair[index])), \(limit.name)")
            }
        }
    }

    /// Notes the idle times of a window, and returns when 97 % of its limit was used, or its end.
    private mutating func noteIdle(_ times: [Duration], _ limit: SimulatedOrg.Limit, _ end: Duration) -> Duration {
        var before = end - .seconds(60)
        let times = times.sorted()
        let first = limit.calls * 9 / 10
        for moment in times.prefix(first) + (times.count < first ? [end] : []) {
            if moment - before > idle.0 { idle = (moment - before, "\(limit.name) at \(seconds(before))") }
            before = moment
        }
        let most = (limit.calls * 97 + 99) / 100
        return times.count < most ? end : times[most - 1]
    }

    var description: String {
        let parts = use.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.percent($0.value))" }
        return "refused \(refused) of \(accepted + refused), used \(parts.joined(separator: ", ")), "
            + "unfair \(Self.percent(unfairness.0)) (\(unfairness.1)), idle \(seconds(idle.0)) (\(idle.1))"
    }

    private static func percent(_ part: Double) -> String { String(format: "%.1f %%", part * 100) }
}
