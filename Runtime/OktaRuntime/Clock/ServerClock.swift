#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import HTTPTypes
import Synchronization

/// The time by the server's clock: this machine's, corrected by the `Date` header of answers.
///
/// A machine whose clock is off would sign assertions that the server refuses, and misread when a rate limit ends.
public final class ServerClock: Sendable {
    /// Where the clock counts, and how those who go by it wait.
    public let source: any TimeSource
    private let moment = Mutex<(date: Date, elapsed: Duration)?>(nil)

    /// Creates a clock that shows the machine's time until the first answer.
    public init(source: any TimeSource = SystemTimeSource()) {
        self.source = source
    }

    /// The server's time. It goes on by the source's elapsed time, whatever becomes of the machine's clock.
    public var now: Date {
        guard let known = moment.withLock({ $0 }) else { return source.wallClock }
        return known.date.addingTimeInterval((source.elapsed - known.elapsed).inSeconds)
    }

    /// Takes the time from an answer; one without a readable `Date` changes nothing.
    public func observe(_ fields: HTTPFields) {
        guard let text = fields.firstValue(of: "Date"), let date = HTTPDate.parse(text) else { return }
        let elapsed = source.elapsed
        moment.withLock { $0 = (date, elapsed) }
    }
}

extension Duration {
    /// Seconds with their fraction.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
