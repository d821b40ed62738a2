import Foundation
import OktaRuntime
import Synchronization

/// A time source whose pauses return immediately and are recorded.
final class InstantTime: ServerClock.Source {
    private let state = Mutex<(elapsed: Duration, pauses: [Duration])>((.zero, []))

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var wallClock: Date { Date(timeIntervalSince1970: 1_700_000_000) }

    /// The duration of each pause.
    var pauses: [Duration] { state.withLock { $0.pauses } }

    func sleep(until moment: Duration) async throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
        state.withLock { state in
            state.pauses.append(moment - state.elapsed)
            state.elapsed = max(state.elapsed, moment)
        }
    }
}
