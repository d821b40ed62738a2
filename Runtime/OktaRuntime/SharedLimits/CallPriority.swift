/// The priority of a call, which determines its place while calls wait for a rate limit.
///
/// Interactive calls are sent before bulk calls of the same client. With a ``RateLimitStore``, they also take
/// precedence over bulk calls of other programs.
public enum CallPriority: String, Sendable, Hashable, CaseIterable {
    /// A call whose response a person waits for.
    case interactive
    /// A call of a background job, such as a nightly synchronization.
    case bulk
}
