/// The class of a call, which decides who goes first when calls wait for a rate limit.
///
/// Interactive calls go before bulk calls of the same client. With a ``RateLimitStore``, this holds between programs
/// too.
public enum CallPriority: String, Sendable, Hashable, CaseIterable {
    /// Someone waits for the response.
    case interactive
    /// One of many calls, such as those of a nightly job.
    case bulk
}
