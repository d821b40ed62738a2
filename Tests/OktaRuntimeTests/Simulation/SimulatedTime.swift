import Dispatch
import Foundation
import OktaRuntime
import Synchronization
import Testing

/// A time that advances only when every task waits for it, so that hours take milliseconds and runs are reproducible.
///
/// All tasks of a simulation run on this executor, one job after the other, on one thread outside Swift's pool. If
/// there is no job, the time advances to the end of the earliest sleep. If no task sleeps and the simulation has not
/// ended, it would hang, which is reported.
final class SimulatedTime: TaskExecutor, ServerClock.Source {
    private struct Sleeper {
        let moment: Duration
        let order: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var nextJob = 0
        var elapsed = Duration.zero
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var orders = 0
        var isOver = false
    }

    private enum Step: Sendable {
        case job(UnownedJob)
        case wake(CheckedContinuation<Bool, Never>)
        case over
        case stuck
    }

    private let state = Mutex(State())
    /// The start date of the simulation.
    let start: Date
    /// The error of this machine's clock.
    let wallClockError: TimeInterval

    init(start: Date = Date(timeIntervalSince1970: 1_800_000_000), wallClockError: TimeInterval = 0) {
        self.start = start
        self.wallClockError = wallClockError
    }

    var elapsed: Duration { state.withLock { $0.elapsed } }

    /// The true date.
    var date: Date { start.addingTimeInterval(seconds(elapsed)) }

    var wallClock: Date { date.addingTimeInterval(wallClockError) }

    /// The number of sleeping tasks.
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    func sleep(until moment: Duration) async throws(CancellationError) {
        let order = state.withLock { state in
            state.orders += 1
            return state.orders
        }
        let isDue = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool? in
                    if state.cancelled.remove(order) != nil { return false }
                    if moment <= state.elapsed { return true }
                    state.sleepers[order] = Sleeper(moment: moment, order: order, continuation: continuation)
                    return nil
                }
                if let isOver { continuation.resume(returning: isOver) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                if let sleeper = state.sleepers.removeValue(forKey: order) { return sleeper }
                state.cancelled.insert(order)
                return nil
            }
            sleeper?.continuation.resume(returning: false)
        }
        guard isDue else { throw CancellationError() }
    }

    func sleep(for duration: Duration) async throws(CancellationError) {
        try await sleep(until: elapsed + duration)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
    }

    /// Runs a simulation to its end.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task(executorPreference: self) {
            defer { self.state.withLock { $0.isOver = true } }
            return try await body()
        }
        let isStuck = await withCheckedContinuation { continuation in
            CalculationThreads.shared.queue.async { continuation.resume(returning: !self.runJobs()) }
        }
        try #require(!isStuck, "every task waits for something that will not come")
        return try await task.value
    }

    /// - Returns: Whether the simulation ended.
    private func runJobs() -> Bool {
        while true {
            switch state.withLock({ step(&$0) }) {
            case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .wake(let continuation): continuation.resume(returning: true)
            case .over: return true
            case .stuck: return false
            }
        }
    }

    private func step(_ state: inout State) -> Step {
        if state.nextJob < state.jobs.count {
            let job = state.jobs[state.nextJob]
            state.nextJob += 1
            if state.nextJob == state.jobs.count {
                state.jobs.removeAll(keepingCapacity: true)
                state.nextJob = 0
            }
            return .job(job)
        }
        if state.isOver { return .over }
        guard let next = state.sleepers.values.min(by: { ($0.moment, $0.order) < ($1.moment, $1.order) }) else {
            return .stuck
        }
        state.sleepers[next.order] = nil
        state.elapsed = max(state.elapsed, next.moment)
        return .wake(next.continuation)
    }
}

/// Returns a duration in seconds with a fraction.
func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}
