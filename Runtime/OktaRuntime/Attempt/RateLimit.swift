#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
package import HTTPTypes

/// The rate limit that applied to a call, as its answer states it.
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

    /// Reads the three headers; `nil` unless all are there and numbers of a sensible size.
    package init?(_ fields: HTTPFields) {
        // One pass, since this is done for every answer.
        var limit: Int?
        var remaining: Int?
        var reset: Int?
        for field in fields {
            switch field.name.canonicalName {
            case "x-rate-limit-limit": limit = limit ?? Self.count(field.value)
            case "x-rate-limit-remaining": remaining = remaining ?? Self.count(field.value)
            case "x-rate-limit-reset": reset = reset ?? Self.count(field.value)
            default: break
            }
        }
        guard let limit, let remaining, let reset else { return nil }
        self.init(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset)))
    }

    private static func count(_ text: String) -> Int? {
        Int(text).flatMap { (0...1 << 40).contains($0) ? $0 : nil }
    }
}

/// What an answer of status 429 means. Not each is about a rate: Okta also uses it for quotas of messages and calls,
/// with codes of their own, where waiting a minute helps nothing.
package enum RateLimitSignal: Sendable, Hashable {
    /// The window's limit is used up.
    case exhausted
    /// Too many calls at the same time; the stated reset means nothing.
    case concurrency
    /// The limit of something else, which repeating would not get around.
    case quota

    /// Reads an answer; `nil` for one of another status.
    ///
    /// Of Okta's codes only `E0000047` is about the rate; a body without one, such as a gateway's, is taken for the same.
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
