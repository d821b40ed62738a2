/// What an answer of status 429 means. Not each is about a rate: Okta also uses it for quotas of messages and calls,
/// with codes of their own, where waiting a minute helps nothing.
package enum RateLimitSignal: Sendable, Hashable {
    /// The window's limit is used up.
    case exhausted
    /// Too many calls at the same time; the stated reset means nothing.
    case concurrency
    /// The limit of something else, which repeating would not get around.
    case business

    /// Reads an answer; `nil` for one of another status.
    ///
    /// Of Okta's codes only `E0000047` is about the rate; a body without one, such as a gateway's, is taken for the same.
    package init?(status: Int, code: OktaErrorCode?, rateLimit: RateLimit?) {
        guard status == 429 else { return nil }
        if let code, code.isOktas, ErrorCodeFacts[code]?.meaning != .rateLimit {
            self = .business
        } else if let rateLimit, rateLimit.limit == 0, rateLimit.remaining == 0 {
            self = .concurrency
        } else {
            self = .exhausted
        }
    }
}
