import Foundation
import OktaRuntime
import Synchronization

/// A time source that stands still until a test advances it. Waits last until then.
final class ManualTime: TestTime {
    private struct State {
        var elapsed = Duration.zero
        var nextID = 0
        var sleepers: [Int: (moment: Duration, continuation: CheckedContinuation<Bool, Never>)] = [:]
    }

    private let state = Mutex(State())

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var wallClock: Date { trueTime }
    var trueTime: Date { SimulatedTime.start.addingTimeInterval(elapsed / .seconds(1)) }

    /// The deadlines of the current waits, the earliest first.
    var sleepers: [Duration] { state.withLock { $0.sleepers.values.map(\.moment).sorted() } }

    func sleep(until moment: Duration) async throws(CancellationError) {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let isDue = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state -> Bool? in
                    // The check is under the lock, so that a later cancellation finds the sleeper in the list.
                    if Task.isCancelled { return false }
                    if moment <= state.elapsed { return true }
                    state.sleepers[id] = (moment, continuation)
                    return nil
                }
                if let isDue { continuation.resume(returning: isDue) }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
        guard isDue else { throw CancellationError() }
    }

    func advance(to moment: Duration) {
        let due = state.withLock { state in
            state.elapsed = max(state.elapsed, moment)
            let due = state.sleepers.filter { $0.value.moment <= state.elapsed }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.moment < $1.moment }
        }
        for sleeper in due { sleeper.continuation.resume(returning: true) }
    }
}
