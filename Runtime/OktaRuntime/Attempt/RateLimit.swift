#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
package import HTTPTypes

/// The rate limit that applied to a call, as its response states it.
public struct RateLimit: Sendable, Hashable {
    /// Calls allowed in the window; 0 with ``remaining`` 0 when too many calls ran at the same time.
    public var limit: Int

    /// Calls left in the window.
    public var remaining: Int

    /// When the window ends, by the server's clock.
    public var reset: Date

    /// Creates a rate limit.
    public init(limit: Int, remaining: Int, reset: Date) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }

    /// Parses the three headers; `nil` unless all are present and hold numbers of a sensible size.
    package init?(_ fields: HTTPFields) {
        guard let stated = StatedFacts(fields).rateLimit else { return nil }
        self = stated
    }
}

/// What the client reads from the header fields of every response. One pass, because each access to a field copies it.
struct StatedFacts {
    /// The text of the field `Date`.
    private(set) var date: String?
    /// The limit, if all three fields are present and hold numbers of a sensible size.
    private(set) var rateLimit: RateLimit?

    init(_ fields: HTTPFields) {
        var limit: Int?
        var remaining: Int?
        var reset: Int?
        for field in fields {
            let name = field.name.canonicalName
            // The length first: a comparison of texts costs more.
            switch name.utf8.count {
            case 4 where name == "date": date = date ?? field.value
            case 18 where name == "x-rate-limit-limit": limit = limit ?? Self.count(field.value)
            case 22 where name == "x-rate-limit-remaining": remaining = remaining ?? Self.count(field.value)
            case 18 where name == "x-rate-limit-reset": reset = reset ?? Self.count(field.value)
            default: break
            }
        }
        guard let limit, let remaining, let reset else { return }
        rateLimit = RateLimit(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset)))
    }

    private static func count(_ text: String) -> Int? {
        Int(text).flatMap { (0...1 << 40).contains($0) ? $0 : nil }
    }
}

/// The meaning of a 429 response. Not every one concerns the rate: Okta also uses 429 for quotas of messages and calls,
/// with other codes, where a wait of a minute does not help.
package enum RateLimitSignal: Sendable, Hashable {
    /// The window's limit is used up.
    case exhausted
    /// Too many concurrent calls; the stated reset has no meaning.
    case concurrency
    /// Another quota, for which a retry does not help.
    case quota

    /// Classifies a response; `nil` for another status.
    ///
    /// Among Okta's codes, only `E0000047` concerns the rate. A body without a code, such as a gateway's, is treated
    /// the same.
    package init?(status: Int, code: OktaErrorCode?, rateLimit: RateLimit?) {
        guard status == 429 else { return nil }
        if let code, code.isOktas, ErrorCodeFacts[code]?.meaning != .rateLimit {
            self = .quota
        } else if let rateLimit, rateLimit.limit == 0, rateLimit.remaining == 0 {
            self = .concurrency
        } else {
            self = .exhausted
        }
    }
}

/// The wait that a server requests with the field `Retry-After` (RFC 9110, section 10.2.3).
///
/// Okta's own responses do not have it; those of gateways and proxies in front of an org do.
struct RetryAfter: Sendable, Hashable {
    /// Relative to now; at most a year, and zero for a date in the past.
    let wait: Duration

    /// Parses the field as a number of seconds or a date; nil when it is missing or invalid.
    init?(_ fields: HTTPFields, now clock: ServerClock) {
        guard let text = fields[values: .retryAfter].first?.trimmingSpace() else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) {
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
