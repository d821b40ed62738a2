import Foundation
import Synchronization

@testable import OktaRuntime

/// A store that can fail, hang, reply late, lose its data and have a wrong clock.
///
/// Clients have separate connections, like those of a server. Each remembers the start of the records that it knows.
final class FaultyStore: RateLimitStore {
    enum Mode: Sendable {
        case works
        case fails
        /// Does not reply until it is cancelled.
        case hangs
        case isLate(Duration)
    }

    private struct Client: Hashable {
        var id: String
        var bucket: String
    }

    private struct State {
        var clock = StoreClock()
        var buckets: [String: SharedBucket] = [:]
        /// The start of the records that a client knows.
        var known: [Client: Int] = [:]
        var mode = Mode.works
        var exchanges = 0
    }

    private let time: SimulatedTime
    private let clock: WrongClock
    private let state = Mutex(State())

    init(time: SimulatedTime, clockError: TimeInterval = 0) {
        self.time = time
        clock = WrongClock(time: time, error: clockError)
    }

    var exchanges: Int { state.withLock { $0.exchanges } }

    func set(_ mode: Mode) { state.withLock { $0.mode = mode } }

    /// Removes all records.
    func wipe() {
        state.withLock { ($0.clock, $0.buckets) = (StoreClock(), [:]) }
    }

    func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        switch state.withLock({ $0.mode }) {
        case .works: break
        case .fails: throw Unavailable()
        case .hangs:
            try await time.sleep(for: .seconds(86_400))
        case .isLate(let delay):
            try await time.sleep(for: delay / 2)
            let replies = try carryOut(exchange)
            try await time.sleep(for: delay / 2)
            note(exchange)
            return replies
        }
        let replies = try carryOut(exchange)
        note(exchange)
        return replies
    }

    private func carryOut(_ exchange: LeaseExchange) throws -> [LeaseReply] {
        try state.withLock { state in
            state.exchanges += 1
            if state.clock.offset == nil, exchange.now != nil {
                for bucket in state.buckets.keys { state.buckets[bucket]?.began = 0 }
            }
            let now = state.clock.time(exchange.now, own: clock.wallClock.milliseconds)
            return try exchange.requests.map { request in
                var bucket = state.buckets[request.bucket] ?? SharedBucket()
                guard !bucket.isLate(exchange.number, from: exchange.program) else { throw CancellationError() }
                let known = state.known[Client(id: exchange.program.id, bucket: request.bucket)]
                let reply = bucket.exchange(
                    request, from: exchange.program, number: exchange.number, known: known, now: now)
                state.buckets[request.bucket] = bucket
                return reply
            }
        }
    }

    /// The reply came.
    private func note(_ exchange: LeaseExchange) {
        state.withLock { state in
            for request in exchange.requests {
                let client = Client(id: exchange.program.id, bucket: request.bucket)
                state.known[client] = state.buckets[request.bucket]?.born
            }
        }
    }

    private struct Unavailable: Error {}
}

/// A clock with another time of day.
struct WrongClock: ServerClock.Source {
    let time: SimulatedTime
    let error: TimeInterval

    var elapsed: Duration { time.elapsed }
    var wallClock: Date { time.date.addingTimeInterval(error) }

    func sleep(until moment: Duration) async throws(CancellationError) {
        try await time.sleep(until: moment)
    }
}

/// Random limits, and random programs with more work than the limits allow.
struct LeaseScenario {
    let time = SimulatedTime()
    let limits: [SimulatedOrg.Limit]
    let programs: [SimulatedProgram]
    let simulation: LeaseSimulation
    let store: FaultyStore
    var generator: SplitMix64

    init(seed: UInt64, mixesClasses: Bool = false, utilization: Double = 1) {
        var generator = SplitMix64(seed: seed)
        let tokens = (1...Int.random(in: 1...2, using: &generator)).map { "token-\($0)" }
        let names = ["users", "groups"].prefix(Int.random(in: 1...2, using: &generator))
        // The first windows have enough time for all calls of their limit.
        limits = names.flatMap { name in
            // With a smaller limit, shares would be too few whole calls.
            let calls = Int.random(in: 30...90, using: &generator)
            let offset = generator.oneIn(3) ? 0 : Int.random(in: 20...59, using: &generator)
            return tokens.map { SimulatedOrg.Limit(name: "\(name)-\($0)", calls: calls, offset: offset) }
        }
        let count = Int.random(in: 2...5, using: &generator)
        programs = (0..<count).map { index in
            SimulatedProgram(
                name: "p\(index)", weight: Int.random(in: 1...4, using: &generator),
                priority: mixesClasses && generator.oneIn(3) ? .interactive : .bulk,
                token: tokens[index % tokens.count], limits: Array(names),
                tasks: Int.random(in: 4...10, using: &generator))
        }
        let slowest = Double.random(in: 0.02...0.5, using: &generator)
        let tokenOf = Dictionary(uniqueKeysWithValues: programs.map { ($0.name, $0.token) })
        // Every token has a separate limit.
        let org = SimulatedOrg(time: time, limits: limits, latency: slowest / 4...slowest, seed: seed) { path in
            let parts = path.split(separator: "/")
            let program = parts.last?.split(separator: "-").first.map(String.init) ?? ""
            return "\(parts.count > 2 ? parts[2] : "")-\(tokenOf[program] ?? "")"
        }
        store = FaultyStore(time: time, clockError: [0, 3600, -3600].randomElement(using: &generator) ?? 0)
        simulation = LeaseSimulation(programs, org: org, time: time, store: store, utilization: utilization)
        self.generator = generator
    }

    /// Returns the programs that share a limit.
    func sharers(of limit: SimulatedOrg.Limit) -> [SimulatedProgram] {
        programs.filter { limit.name.hasSuffix($0.token) }
    }

    /// Returns the calls of a limit by window and program, for the windows that have ended at a time.
    func windows(of limit: SimulatedOrg.Limit, until end: Duration) -> [Int: [String: Int]] {
        let name = String(limit.name.prefix { $0 != "-" })
        let names = Set(sharers(of: limit).map(\.name))
        let last = Int(time.start.timeIntervalSince1970) + Int(end.components.seconds)
        var windows: [Int: [String: Int]] = [:]
        for (cell, calls) in simulation.record.calls
        where cell.limit == name && names.contains(cell.program) && cell.reset <= last {
            windows[cell.reset, default: [:]][cell.program, default: 0] += calls
        }
        return windows
    }
}
