#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import HTTPTypes
import Synchronization

/// The server's clock: this machine's clock, corrected by the `Date` header of responses.
///
/// With a wrong clock, the client would sign assertions that the server rejects, and misjudge when a rate limit resets.
///
/// `Date` has whole seconds, and responses take time to arrive, so each one yields a time that is late by some amount.
/// The clock uses the least late one of the last minute or two: it is never ahead of the server, and with many
/// responses only milliseconds behind.
public final class ServerClock: Sendable {
    /// The offset of the server's seconds since 1970 from the source's elapsed seconds.
    private struct Lead {
        var text = ""
        var current: Double?
        var previous: Double?
        var started = Duration.zero

        var best: Double? {
            guard let current else { return previous }
            return max(current, previous ?? current)
        }
    }

    /// The time source that the clock counts with, and that its users wait with.
    public let source: any TimeSource

    private let lead = Mutex(Lead())

    /// Creates a clock that shows the machine's time until the first response.
    public init(source: any TimeSource = SystemTimeSource()) {
        self.source = source
    }

    /// The server's time. It advances with the source's elapsed time, independently of changes to the machine's clock.
    public var now: Date {
        guard let lead = lead.withLock({ $0.best }) else { return source.wallClock }
        return Date(timeIntervalSince1970: lead + source.elapsed.inSeconds)
    }

    /// Reads the time from a response; one without a readable `Date` changes nothing.
    public func observe(_ fields: HTTPFields) {
        guard let field = fields.first(where: { $0.name == .date }) else { return }
        observe(field.value)
    }

    /// The moment of the time source at which the server's clock shows a date.
    package func moment(of date: Date) -> Duration {
        guard let lead = lead.withLock({ $0.best }) else {
            return source.elapsed + .seconds(date.timeIntervalSince(source.wallClock))
        }
        return .seconds(date.timeIntervalSince1970 - lead)
    }

    private func observe(_ text: String) {
        lead.withLock { lead in
            // A repeated second can only be later than the first one.
            guard text != lead.text, let date = HTTPDate.parse(text) else { return }
            lead.text = text
            let elapsed = source.elapsed
            let observed = date.timeIntervalSince1970 - elapsed.inSeconds
            if elapsed - lead.started > Self.period {
                lead.previous = elapsed - lead.started > Self.period * 2 ? nil : lead.current
                lead.current = nil
                lead.started = elapsed
            }
            lead.current = max(observed, lead.current ?? observed)
        }
    }

    private static let period = Duration.seconds(60)
}
