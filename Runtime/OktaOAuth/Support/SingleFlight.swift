package import OktaRuntime
import Synchronization

/// An operation that many callers share and that runs once at a time.
///
/// A cancelled caller returns immediately, and the operation continues for the others. When the last caller has left,
/// the operation is cancelled too, unless that caller asked for it to continue.
package final class SingleFlight<Value: Sendable>: Sendable {
    package typealias Work = @Sendable () async -> Value
    typealias Outcome = Result<Value, OktaError>

    private struct State {
        /// The number of runs, so that a run without callers does not resume callers that wait for the next one.
        var run = 0
        var task: Task<Void, Never>?
        var nextCaller = 0
        var waiting: [Int: CheckedContinuation<Outcome, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// The number of waiting callers.
    var waitingCallers: Int { state.withLock { $0.waiting.count } }

    /// Joins the run in progress, or starts one.
    ///
    /// - Parameters:
    ///   - outlivesCaller: Whether the run continues if this caller is the last to leave.
    ///   - work: The work of a run.
    /// - Throws: ``OktaError/cancelled`` if the caller is cancelled.
    package func value(outlivesCaller: Bool = false, _ work: @escaping Work) async throws(OktaError) -> Value {
        let caller = state.withLock { state in
            state.nextCaller += 1
            return state.nextCaller
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { enter($0, as: caller, work) }
        } onCancel: {
            leave(caller, endingRun: !outlivesCaller)
        }
        return try outcome.get()
    }

    private func enter(_ continuation: CheckedContinuation<Outcome, Never>, as caller: Int, _ work: @escaping Work) {
        let isCancelled = state.withLock { state in
            // The check is made under the lock, so that a later cancellation finds the caller in the list.
            guard !Task.isCancelled else { return true }
            state.waiting[caller] = continuation
            if state.task == nil {
                state.run += 1
                let run = state.run
                state.task = Task { self.finish(run, with: .success(await work())) }
            }
            return false
        }
        if isCancelled { continuation.resume(returning: .failure(.cancelled)) }
    }

    private func leave(_ caller: Int, endingRun: Bool) {
        let (continuation, abandoned) = state.withLock { state in
            let continuation = state.waiting.removeValue(forKey: caller)
            guard continuation != nil, state.waiting.isEmpty, endingRun else {
                return (continuation, Task<Void, Never>?.none)
            }
            let task = state.task
            state.task = nil
            return (continuation, task)
        }
        abandoned?.cancel()
        continuation?.resume(returning: .failure(.cancelled))
    }

    private func finish(_ run: Int, with outcome: Outcome) {
        let waiting = state.withLock { state -> [Int: CheckedContinuation<Outcome, Never>] in
            guard state.run == run, state.task != nil else { return [:] }
            let waiting = state.waiting
            state.waiting = [:]
            state.task = nil
            return waiting
        }
        for continuation in waiting.values { continuation.resume(returning: outcome) }
    }
}
