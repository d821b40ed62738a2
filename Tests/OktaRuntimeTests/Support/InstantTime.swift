import Foundation
import OktaRuntime
import Synchronization

/// A time in which every pause is over at once; it remembers them.
final class InstantTime: ServerClock.Source {
    private let state = Mutex<(elapsed: Duration, pauses: [Duration])>((.zero, []))

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var wallClock: Date { Date(timeIntervalSince1970: 1_700_000_000) }

    /// How long each pause would have taken.
    var pauses: [Duration] { state.withLock { $0.pauses } }

    func sleep(until moment: Duration) async throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
        state.withLock { state in
            state.pauses.append(moment - state.elapsed)
            state.elapsed = max(state.elapsed, moment)
        }
    }
}
