#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes

/// How long a server wants the next attempt to wait, by the field `Retry-After` (RFC 9110, section 10.2.3).
///
/// Okta's own answers do not have it; those of gateways and proxies before an org do.
struct RetryAfter: Sendable, Hashable {
    /// Counted from now; at most a year, and none for a date that has passed.
    let wait: Duration

    /// Reads the field in either form, a number of seconds or a date; nil when it is missing or neither.
    init?(_ fields: HTTPFields, now clock: ServerClock) {
        guard let text = fields[values: .retryAfter].first?.trimmingSpace() else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More digits than that are more than a year as well.
            wait = Int(text.prefix(12)).map { min(.seconds($0), Self.longest) } ?? Self.longest
        } else if let date = HTTPDate.parse(text) {
            wait = min(max(.seconds(date.timeIntervalSince(clock.now)), .zero), Self.longest)
        } else {
            return nil
        }
    }

    private static let longest = Duration.seconds(366 * 86_400)
}
