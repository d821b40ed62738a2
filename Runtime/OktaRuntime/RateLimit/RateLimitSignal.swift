internal import HTTPTypes

/// What an answer of status 429 means. Not each is about a rate: Okta also uses it for quotas of messages and calls,
/// with codes of their own, where waiting a minute helps nothing.
enum RateLimitSignal: Sendable, Hashable {
    /// The window's limit is used up.
    case exhausted
    /// Too many calls at the same time; the stated reset means nothing.
    case concurrency
    /// The limit of something else, which repeating would not get around.
    case business

    /// Reads an answer; `nil` for one of another status.
    ///
    /// Only `E0000047` is about the rate; a body without any code is taken for the same.
    init?(status: HTTPResponse.Status, code: String?, rateLimit: RateLimit?) {
        guard status.code == 429 else { return nil }
        if let code, code != "E0000047" {
            self = .business
        } else if let rateLimit, rateLimit.limit == 0, rateLimit.remaining == 0 {
            self = .concurrency
        } else {
            self = .exhausted
        }
    }
}
