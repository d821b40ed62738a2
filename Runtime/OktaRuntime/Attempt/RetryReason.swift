/// Why a call is attempted again.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum RetryReason: String, Sendable, Hashable {
    /// Its rate limit was used up: 429.
    case rateLimit
    /// Too many calls ran at the same time: 429 with a limit of 0.
    case concurrency
    /// The org was busy with something that excludes the call: 423, 503.
    case unavailable
    /// The org or a server in between failed: 500, 502 and the like.
    case serverError
    /// A server in between had no answer in time, or did not get the request in time: 504, 408.
    case gatewayTimeout
    /// No connection was made, nothing was sent over it, or the server turned the request away unread.
    case notSent
    /// The connection was lost before the answer was complete.
    case connectionLost
    /// The org wanted other credentials.
    case credentials
}
