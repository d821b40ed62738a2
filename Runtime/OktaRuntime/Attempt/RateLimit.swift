#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
package import HTTPTypes

/// The rate limit that applied to a call, as stated by its response.
public struct RateLimit: Sendable, Hashable {
    /// The number of calls allowed in the window (`X-Rate-Limit-Limit`). This and ``remaining`` are 0 if there were too
    /// many concurrent calls.
    public var limit: Int

    /// The number of calls remaining in the window (`X-Rate-Limit-Remaining`).
    public var remaining: Int

    /// The end of the window, by the server's clock (`X-Rate-Limit-Reset`).
    public var reset: Date

    /// Creates a rate limit.
    public init(limit: Int, remaining: Int, reset: Date) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }

    /// Parses the three header fields. Returns `nil` unless all are present and contain plausible numbers.
    package init?(_ fields: HTTPFields) {
        guard let stated = StatedFacts(fields).rateLimit else { return nil }
        self = stated
    }
}

/// The values that the client reads from the header fields of every response. They are read in one pass, because every
/// access to a field copies it.
struct StatedFacts {
    /// The text of the field `Date`.
    private(set) var date: String?
    /// The limit, if all three fields are present and contain plausible numbers.
    private(set) var rateLimit: RateLimit?

    init(_ fields: HTTPFields) {
        var limit: Int?
        var remaining: Int?
        var reset: Int?
        for field in fields {
            let name = field.name.canonicalName
            // The length is checked first, because comparing strings costs more.
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

/// The meaning of a 429 response. Okta uses 429 not only for rate limits but also, with other codes, for quotas of
/// messages and phone calls, for which a wait of a minute does not help.
package enum RateLimitSignal: Sendable, Hashable {
    /// The window's limit is used up.
    case exhausted
    /// Too many concurrent calls; the stated reset has no meaning.
    case concurrency
    /// Another quota, for which a retry does not help.
    case quota

    /// Classifies a response. Returns `nil` for a status other than 429.
    ///
    /// Among Okta's codes, only `E0000047` means a rate limit. A response without a code, such as a gateway's, is
    /// treated in the same way.
    package init?(status: Int, code: OktaErrorCode?, rateLimit: RateLimit?) {
        guard status == 429 else { return nil }
        if let code, code.isOktaCode, ErrorCodeFacts[code]?.meaning != .rateLimit {
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
/// Okta's responses do not contain it, but those of gateways and proxies in front of an org may.
struct RetryAfter: Sendable, Hashable {
    /// The wait from now; at most a year, and zero for a date in the past.
    let wait: Duration

    /// Parses the field as a number of seconds or a date. Returns `nil` if it is missing or invalid.
    init?(_ fields: HTTPFields, now clock: ServerClock) {
        guard let text = fields[values: .retryAfter].first?.trimmingSpace() else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) {
            // A number with more digits exceeds a year as well.
            wait = Int(text.prefix(12)).map { min(.seconds($0), Self.maximumWait) } ?? Self.maximumWait
        } else if let date = HTTPDate.parse(text) {
            wait = min(max(.seconds(date.timeIntervalSince(clock.now)), .zero), Self.maximumWait)
        } else {
            return nil
        }
    }

    private static let maximumWait = Duration.seconds(366 * 86_400)
}
