import Foundation
import Synchronization
import Testing

@testable import OktaRuntime

/// Random programs that share a store, against an org in simulated time.
@Suite(.longCalculation) struct LeasePropertyTests {
    private static let duration = Duration.seconds(200)

    /// The seeds of the lost stores; `OKTA_TEST_LEASE_SEEDS=1000-1200` selects others. With the last three, a store is
    /// emptied while only some clients know that a window is used up.
    private static let lostStores: [UInt64] = {
        guard let range = ProcessInfo.processInfo.environment["OKTA_TEST_LEASE_SEEDS"] else {
            return Array(71...82) + [3131, 3363, 3378]
        }
        let bounds = range.split(separator: "-").compactMap { UInt64($0) }
        guard let first = bounds.first, let last = bounds.last, first <= last else { return [] }
        return Array(first...last)
    }()

    @Test("Lease property: programs use the limits fully, by their weights, without a refusal", arguments: 1...12)
    func programsShare(seed: UInt64) async throws {
        let scenario = LeaseScenario(seed: seed)
        try await scenario.simulation.run(for: Self.duration)
        #expect(scenario.simulation.record.statuses.keys.sorted() == [200])
        for limit in scenario.limits {
            let sharers = scenario.sharers(of: limit)
            let windows = scenario.windows(of: limit, until: Self.duration)
            #expect(windows.count >= 3)
            let total = windows.values.reduce(0) { $0 + $1.values.reduce(0, +) }
            let possible = limit.calls * windows.count
            #expect(Double(total) >= 0.97 * Double(possible), "\(limit.name): \(total) of \(possible)")
            // In the first window, the programs do not know each other yet, and the store does not know the time.
            let settled = windows.sorted { $0.key < $1.key }.dropFirst().map(\.value)
            let settledTotal = settled.reduce(0) { $0 + $1.values.reduce(0, +) }
            let weights = sharers.reduce(0) { $0 + $1.weight }
            for program in sharers {
                let made = settled.reduce(0) { $0 + ($1[program.name] ?? 0) }
                let part = Double(settledTotal * program.weight) / Double(weights)
                // Parts are rounded up to whole calls, at the cost of the slowest program.
                let tolerance = max(0.05 * part, Double(settled.count * (sharers.count - 1)))
                #expect(
                    abs(Double(made) - part) <= tolerance,
                    "\(limit.name), \(program.name) of \(sharers.count): \(made), \(part) expected")
            }
        }
    }

    @Test("Lease property: programs of both classes use the limits fully without a refusal", arguments: 21...26)
    func classesShare(seed: UInt64) async throws {
        let scenario = LeaseScenario(seed: seed, mixesClasses: true)
        try await scenario.simulation.run(for: Self.duration)
        #expect(scenario.simulation.record.statuses.keys.sorted() == [200])
        for limit in scenario.limits where !scenario.sharers(of: limit).isEmpty {
            let windows = scenario.windows(of: limit, until: Self.duration)
            let total = windows.values.reduce(0) { $0 + $1.values.reduce(0, +) }
            #expect(Double(total) >= 0.97 * Double(limit.calls * windows.count))
        }
    }

    @Test("Lease property: programs that crash cause no refusal", arguments: 31...38)
    func programsAreKilled(seed: UInt64) async throws {
        var scenario = LeaseScenario(seed: seed)
        let (simulation, time) = (scenario.simulation, scenario.time)
        let kills = (0..<30).map { _ in
            (
                pause: Double.random(in: 0...12, using: &scenario.generator),
                program: scenario.programs.randomElement(using: &scenario.generator)?.name ?? ""
            )
        }
        try await simulation.run(for: Self.duration) {
            for kill in kills where time.elapsed + .seconds(kill.pause) < Self.duration {
                try await time.sleep(for: .seconds(kill.pause))
                simulation.kill(kill.program)
            }
        }
        #expect(simulation.record.clients > scenario.programs.count)
        #expect(simulation.record.statuses.keys.sorted() == [200])
        for limit in scenario.limits {
            let windows = scenario.windows(of: limit, until: Self.duration)
            let total = windows.values.reduce(0) { $0 + $1.values.reduce(0, +) }
            #expect(
                Double(total) >= 0.85 * Double(limit.calls * windows.count),
                "\(limit.name): \(total) of \(limit.calls * windows.count)")
        }
    }

    @Test("Lease property: a store that is lost, late or emptied causes no refusal", arguments: lostStores)
    func storeIsLost(seed: UInt64) async throws {
        var scenario = LeaseScenario(seed: seed)
        let (simulation, store, time) = (scenario.simulation, scenario.store, scenario.time)
        let events = (0..<12).map { _ in LeaseEvent(using: &scenario.generator) }
        try await simulation.run(for: Self.duration) {
            for event in events {
                try await time.sleep(for: event.pause)
                guard time.elapsed < Self.duration else { break }
                try await event.happen(to: store, time)
            }
        }
        #expect(simulation.record.statuses.keys.sorted() == [200])
        for limit in scenario.limits {
            let windows = scenario.windows(of: limit, until: Self.duration)
            let total = windows.values.reduce(0) { $0 + $1.values.reduce(0, +) }
            #expect(Double(total) >= 0.97 * Double(limit.calls * windows.count))
        }
    }

    @Test("Lease property: calls end even if the store fails, and the store is used again", arguments: 51...58)
    func storeFails(seed: UInt64) async throws {
        var scenario = LeaseScenario(seed: seed, utilization: 0.9)
        let (simulation, store, time) = (scenario.simulation, scenario.store, scenario.time)
        let limits = scenario.limits
        let events = (0..<8).map { _ in LeaseEvent(limits, using: &scenario.generator) }
        let outages = Mutex(0)
        try await simulation.run(for: Self.duration) {
            for event in events where time.elapsed < .seconds(120) {
                try await time.sleep(for: event.pause)
                if case .foreign(let limit, let calls) = event.kind { simulation.org.take(calls, of: limit) }
                if case .outage = event.kind { outages.withLock { $0 += 1 } }
                try await event.happen(to: store, time)
            }
            store.set(.works)
            try await time.sleep(until: .seconds(140))
            let exchanges = store.exchanges
            try await time.sleep(until: .seconds(199))
            #expect(store.exchanges > exchanges)
        }
        let record = simulation.record
        for (client, changes) in record.changes {
            // One message per loss, and one per return.
            let states = changes.map { $0 == .reachable }
            #expect(states == (0..<changes.count).map { $0 % 2 == 1 }, "client \(client)")
            #expect(states.last == true, "client \(client)")
            #expect(states.count <= 2 * outages.withLock { $0 }, "client \(client)")
        }
        let refused = record.statuses[429] ?? 0
        // These calls were in flight when another program used up a limit.
        #expect(refused <= 4 * scenario.programs.count)
        #expect(record.statuses.keys.allSatisfy { $0 == 200 || $0 == 429 })
    }
}

/// A disturbance of a store or the org.
struct LeaseEvent: Sendable {
    enum Kind: Sendable {
        case outage(FaultyStore.Mode, Duration)
        case wipe
        /// A program that does not use the store makes calls.
        case foreign(limit: String, calls: Int)
    }

    let pause: Duration
    let kind: Kind

    /// Creates a disturbance of the store, or by another program that uses the limits.
    init(_ limits: [SimulatedOrg.Limit], using generator: inout SplitMix64) {
        self.init(kinds: 6, limits, using: &generator)
    }

    /// Creates a disturbance of the store.
    init(using generator: inout SplitMix64) {
        self.init(kinds: 5, [], using: &generator)
    }

    private init(kinds: Int, _ limits: [SimulatedOrg.Limit], using generator: inout SplitMix64) {
        pause = .seconds(Double.random(in: 7...15, using: &generator))
        let length = Duration.seconds(Double.random(in: 7...14, using: &generator))
        switch Int.random(in: 0..<kinds, using: &generator) {
        case 0: kind = .outage(.fails, length)
        case 1: kind = .outage(.hangs, length)
        case 2: kind = .outage(.isLate(.milliseconds(Int.random(in: 250...2000, using: &generator))), length)
        case 3: kind = .outage(.isLate(.milliseconds(Int.random(in: 10...150, using: &generator))), length)
        case 4: kind = .wipe
        default:
            let limit = limits.randomElement(using: &generator)
            let calls = Int.random(in: 1...max(1, (limit?.calls ?? 2) / 2), using: &generator)
            kind = .foreign(limit: limit?.name ?? "", calls: calls)
        }
    }

    /// Applies the disturbance to a store.
    func happen(to store: FaultyStore, _ time: SimulatedTime) async throws {
        switch kind {
        case .outage(let mode, let length):
            store.set(mode)
            try await time.sleep(for: length)
            store.set(.works)
        case .wipe: store.wipe()
        case .foreign: break
        }
    }
}
