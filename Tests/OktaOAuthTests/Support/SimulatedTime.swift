import Foundation
import OktaRuntime
import Synchronization

/// A time source for tests, which the org uses too.
protocol TestTime: ServerClock.Source {
    /// The time by the org's clock.
    var trueTime: Date { get }
}

extension TestTime {
    /// The date in the format of a `Date` header field.
    var header: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: trueTime)
    }
}

/// A time source that stands still until a test advances it. Each wait advances it to the end of the wait.
final class SimulatedTime: TestTime {
    /// The start: 2026-03-30 08:00:00 UTC.
    static let start = Date(timeIntervalSince1970: 1_774_857_600)

    private let state = Mutex<(elapsed: Duration, waits: [Duration])>((.zero, []))
    /// The error of this machine's clock.
    private let skew: TimeInterval

    init(skew: TimeInterval = 0) {
        self.skew = skew
    }

    var elapsed: Duration { state.withLock { $0.elapsed } }

    /// The time by this machine's clock.
    var wallClock: Date { trueTime.addingTimeInterval(skew) }

    /// The time by the org's clock.
    var trueTime: Date { Self.start.addingTimeInterval(elapsed / .seconds(1)) }

    /// The durations of the waits, in order.
    var waits: [Duration] { state.withLock { $0.waits } }

    func advance(by duration: Duration) { state.withLock { $0.elapsed += duration } }

    func sleep(until moment: Duration) async throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
        state.withLock { state in
            state.waits.append(max(.zero, moment - state.elapsed))
            state.elapsed = max(state.elapsed, moment)
        }
    }
}
