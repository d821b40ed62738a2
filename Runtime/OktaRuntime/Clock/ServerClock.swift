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
/// `Date` has a resolution of one second, and responses take time to arrive, so the time from a response is late by
/// some amount. The clock uses the least late one of the last minute or two. It is never ahead of the server, and with
/// many responses only milliseconds behind.
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

    /// The time source of the clock, which callers also use for waits.
    public let source: any ServerClock.Source

    private let lead = Mutex(Lead())

    /// Creates a clock that shows the machine's time until the first response.
    public init(source: any ServerClock.Source = ServerClock.SystemSource()) {
        self.source = source
    }

    /// The server's time. It advances with the source's elapsed time, independently of changes to the machine's clock.
    public var now: Date {
        guard let lead = lead.withLock({ $0.best }) else { return source.wallClock }
        return Date(timeIntervalSince1970: lead + source.elapsed.inSeconds)
    }

    /// Whether a response has stated the server's time.
    package var isSet: Bool { lead.withLock { $0.best != nil } }

    /// Reads the time from a response. A missing or invalid `Date` has no effect.
    public func observe(_ fields: HTTPFields) {
        guard let field = fields.first(where: { $0.name == .date }) else { return }
        observe(date: field.value)
    }

    /// Converts a date of the server's clock to a time of the time source.
    package func moment(of date: Date) -> Duration {
        guard let lead = lead.withLock({ $0.best }) else {
            return source.elapsed + .seconds(date.timeIntervalSince(source.wallClock))
        }
        return .seconds(date.timeIntervalSince1970 - lead)
    }

    /// Reads the time from the value of a `Date` field. An invalid value has no effect.
    func observe(date text: String) {
        lead.withLock { lead in
            // A repeated value arrives later than the first one, so it is less precise.
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

/// Dates of header fields in the three formats of RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, and the
/// obsolete `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
enum HTTPDate {
    /// Parses a date. Returns `nil` for any other format, and for a day or time that does not exist.
    ///
    /// - Parameter now: The current time, which determines the century of a two-digit year.
    static func parse(_ text: String, now: Date = Date()) -> Date? {
        let parts = text.split(separator: " ")
        switch parts.count {
        case 6 where parts[5] == "GMT":
            return date(year: parts[3], month: parts[2], day: parts[1], time: parts[4])
        case 5 where parts[2].utf8.count <= 2:
            let day = parts[2].utf8.count == 1 ? "0\(parts[2])" : parts[2]
            return date(year: parts[4], month: parts[1], day: day, time: parts[3])
        case 4 where parts[3] == "GMT":
            let day = parts[1].split(separator: "-")
            guard day.count == 3, day[2].utf8.count == 2, let date = date(century: 20, day, parts[2]) else {
                return nil
            }
            // A date more than 50 years ahead is in the past.
            return date.timeIntervalSince(now) > 50 * 365.25 * 86_400 ? self.date(century: 19, day, parts[2]) : date
        default:
            return nil
        }
    }

    private static func date(century: Int, _ day: [Substring], _ time: Substring) -> Date? {
        date(year: "\(century)\(day[2])", month: day[1], day: day[0], time: time)
    }

    private static func date(year: Substring, month: Substring, day: Substring, time: Substring) -> Date? {
        guard let month = CivilCalendar.months.firstIndex(of: String(month)) else { return nil }
        let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return OktaDate.parse("\(year)-\(digits)-\(day)T\(time)Z")
    }
}
