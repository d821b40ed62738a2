import Foundation
import OktaRuntime
import Synchronization

/// A time source whose pauses return immediately and are recorded.
final class InstantTime: ServerClock.Source {
    private let state = Mutex<(elapsed: Duration, pauses: [Int64])>((.zero, []))

    /// The start date, in seconds since 1970.
    static let start = 1_700_000_000

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var wallClock: Date { Date(timeIntervalSince1970: Double(Self.start) + elapsed / .seconds(1)) }

    /// The duration of each pause in whole milliseconds.
    var pauses: [Int64] { state.withLock { $0.pauses } }

    func sleep(until moment: Duration) async throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
        state.withLock { state in
            let (seconds, attoseconds) = (moment - state.elapsed).components
            state.pauses.append(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
            state.elapsed = max(state.elapsed, moment)
        }
    }
}
