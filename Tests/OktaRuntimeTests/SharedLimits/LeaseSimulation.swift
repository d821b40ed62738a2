import Foundation
import HTTPTypes
import Synchronization

@testable import OktaRuntime

/// Clients that share a store in simulated time, crash and restart.
///
/// The simulation records the calls that the org counted, per limit, window and program, as its responses state.
final class LeaseSimulation: Sendable {
    /// The calls of a program under a limit in a window.
    struct Cell: Hashable {
        var limit: String
        var reset: Int
        var program: String
    }

    struct Record {
        var calls: [Cell: Int] = [:]
        /// The times of the responses, by the limit and the end of its window.
        var times: [String: [Int: [Duration]]] = [:]
        var statuses: [Int: Int] = [:]
        /// The times between a crash of a program and its next start.
        var absences: [(program: String, time: Range<Duration>)] = []
        /// The number of losses and returns of the store, by the id of the client.
        var changes: [Int: [ObservedStore.State]] = [:]
        var clients = 0
        var lives: [String: Life] = [:]
    }

    /// Whether a client is alive. A dead client sends nothing to the store and the org.
    final class Life: Sendable {
        private let state = Mutex<(isAlive: Bool, work: Task<Void, Never>?)>((true, nil))

        var isAlive: Bool { state.withLock { $0.isAlive } }

        func begin(_ work: Task<Void, Never>) { state.withLock { $0.work = work } }

        func end() {
            state.withLock { state -> Task<Void, Never>? in
                state.isAlive = false
                return state.work
            }?.cancel()
        }
    }

    let time: SimulatedTime
    let org: SimulatedOrg
    let store: any RateLimitStore
    let programs: [SimulatedProgram]
    private let utilization: Double
    private let reserve: Double
    /// The seconds that a program takes to start again after a crash.
    private let restart: ClosedRange<Double>
    private let state = Mutex(Record())

    init(
        _ programs: [SimulatedProgram], org: SimulatedOrg, time: SimulatedTime, store: any RateLimitStore,
        utilization: Double = 1, reserve: Double = 0, restart: ClosedRange<Double> = 0...0
    ) {
        self.restart = restart
        self.time = time
        self.org = org
        self.store = store
        self.programs = programs
        self.utilization = utilization
        self.reserve = reserve
    }

    var record: Record { state.withLock { $0 } }

    /// Makes calls of all programs for a time.
    ///
    /// - Parameter events: Events during this time.
    func run(for duration: Duration, events: @escaping @Sendable () async throws -> Void = {}) async throws {
        let end = time.elapsed + duration
        try await time.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for program in self.programs { group.addTask { try await self.live(program, until: end) } }
                group.addTask { try await events() }
                try await group.waitForAll()
            }
        }
    }

    /// Crashes a program's client. The program then starts again.
    func kill(_ program: String) {
        state.withLock { $0.lives[program] }?.end()
    }

    // MARK: Programs

    private func live(_ program: SimulatedProgram, until end: Duration) async throws {
        while time.elapsed < end {
            let life = Life()
            let number = state.withLock { record in
                record.lives[program.name] = life
                record.clients += 1
                return record.clients
            }
            let client = try client(program, life, number)
            let work = Task(executorPreference: time) {
                await withTaskGroup(of: Void.self) { group in
                    for limit in program.limits {
                        for task in 0..<program.tasks {
                            group.addTask { await self.work(client, program, life, limit, task, until: end) }
                        }
                    }
                }
            }
            life.begin(work)
            await work.value
            guard !life.isAlive else {
                await client.returnLeases()
                continue
            }
            let crash = time.elapsed
            try await time.sleep(for: pause(number))
            state.withLock { $0.absences.append((program.name, crash..<time.elapsed)) }
        }
    }

    private func pause(_ number: Int) -> Duration {
        var generator = SplitMix64(seed: UInt64(number))
        return .seconds(Double.random(in: restart, using: &generator))
    }

    private func client(_ program: SimulatedProgram, _ life: Life, _ number: Int) throws -> OktaClient {
        try program.client(
            number, transport: MortalTransport(org: org, time: time, life: life) { self.note($0, $1, of: program) },
            time: time, store: MortalStore(store: store, life: life), utilization: utilization, reserve: reserve,
            observers: [StoreWitness { self.note($0, of: number, life) }])
    }

    private func work(
        _ client: OktaClient, _ program: SimulatedProgram, _ life: Life, _ limit: String, _ task: Int,
        until end: Duration
    ) async {
        while life.isAlive, time.elapsed < end {
            let limited = client.with { $0.timeout = end - time.elapsed }
            let request = OktaRequest(.get, "/api/v1/\(path: limit)/\(program.name)-\(task)")
            guard (try? await limited.send(request)) == nil else { continue }
            // A call that would be sent after the end fails at once.
            guard (try? await time.sleep(for: .seconds(1))) != nil else { return }
        }
    }

    // MARK: Record

    private func note(_ store: ObservedStore, of number: Int, _ life: Life) {
        guard life.isAlive else { return }
        state.withLock { $0.changes[number, default: []].append(store.state) }
    }

    private func note(_ response: TransportResponse, _ path: String, of program: SimulatedProgram) {
        let limit = path.split(separator: "/").dropFirst(2).first.map(String.init) ?? ""
        let reset = RateLimit(response.head.headerFields)?.reset.milliseconds ?? 0
        let cell = Cell(limit: limit, reset: reset / 1000, program: program.name)
        state.withLock { record in
            record.statuses[response.head.status.code, default: 0] += 1
            guard response.head.status.code == 200 else { return }
            record.calls[cell, default: 0] += 1
            record.times[limit, default: [:]][cell.reset, default: []].append(time.elapsed)
        }
    }
}

/// The connection of one client to a store.
private struct MortalStore: RateLimitStore {
    let store: any RateLimitStore
    let life: LeaseSimulation.Life

    func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        guard life.isAlive else { throw CancellationError() }
        return try await store.exchange(exchange)
    }
}

/// The connection of one client to the org.
private struct MortalTransport: HTTPTransport {
    let org: SimulatedOrg
    let time: SimulatedTime
    let life: LeaseSimulation.Life
    let note: @Sendable (TransportResponse, String) -> Void

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        guard life.isAlive else { throw TransportError(.cancelled) }
        // The org counts a call in flight even if its client ends meanwhile.
        let call = Task.detached(executorPreference: time) { () -> Result<TransportResponse, TransportError> in
            do throws(TransportError) {
                let response = try await org.send(request)
                note(response, request.head.path ?? "")
                return .success(response)
            } catch {
                return .failure(error)
            }
        }
        return try await call.value.get()
    }
}

private struct StoreWitness: ClientObserver {
    let note: @Sendable (ObservedStore) -> Void

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { nil }

    func storeDidChange(_ store: ObservedStore) { note(store) }
}
