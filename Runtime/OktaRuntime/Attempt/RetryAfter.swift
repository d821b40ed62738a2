#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes

/// The wait that a server requests with the field `Retry-After` (RFC 9110, section 10.2.3).
///
/// Okta's own responses do not have it; those of gateways and proxies in front of an org do.
struct RetryAfter: Sendable, Hashable {
    /// Relative to now; at most a year, and zero for a date in the past.
    let wait: Duration

    /// Parses the field as a number of seconds or a date; nil when it is missing or invalid.
    init?(_ fields: HTTPFields, now clock: ServerClock) {
        guard let text = fields[values: .retryAfter].first?.trimmingSpace() else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // A number with more digits exceeds a year as well.
            wait = Int(text.prefix(12)).map { min(.seconds($0), Self.longest) } ?? Self.longest
        } else if let date = HTTPDate.parse(text) {
            wait = min(max(.seconds(date.timeIntervalSince(clock.now)), .zero), Self.longest)
        } else {
            return nil
        }
    }

    private static let longest = Duration.seconds(366 * 86_400)
}
