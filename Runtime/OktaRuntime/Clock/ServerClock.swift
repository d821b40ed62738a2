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
///
/// `Date` counts whole seconds, and answers take time to arrive, so that each shows a time that is late by some amount.
/// The one that was least late within the last minute or two is taken: it is never ahead of the server, and with many
/// answers only milliseconds behind.
public final class ServerClock: Sendable {
    /// How far the server's seconds since 1970 are ahead of the source's elapsed seconds.
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

    /// Where the clock counts, and how those who go by it wait.
    public let source: any TimeSource

    private let lead = Mutex(Lead())

    /// Creates a clock that shows the machine's time until the first answer.
    public init(source: any TimeSource = SystemTimeSource()) {
        self.source = source
    }

    /// The server's time. It goes on by the source's elapsed time, whatever becomes of the machine's clock.
    public var now: Date {
        guard let lead = lead.withLock({ $0.best }) else { return source.wallClock }
        return Date(timeIntervalSince1970: lead + source.elapsed.inSeconds)
    }

    /// Takes the time from an answer; one without a readable `Date` changes nothing.
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
            // A second time within the second it can only be later.
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
