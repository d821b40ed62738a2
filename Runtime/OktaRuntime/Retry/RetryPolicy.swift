public import HTTPTypes

/// When to retry a call, and how long to wait before.
///
/// Errors that mean the org did no work are retried for every method: a rate limit (429), priorities being reconciled
/// (423), read-only mode (503), a connection that was never made, an HTTP/2 connection that is being closed. Errors
/// after which the org may have done the work are retried only where that is safe: after a lost connection or 503 for
/// ``idempotentMethods``, after 500, 502, 504 and the like for `GET` and `HEAD`. A `POST` with an unknown outcome is
/// never sent again. The README has the table.
///
/// The setting `rateLimit.maxRetries` (`OKTA_CLIENT_RATELIMIT_MAXRETRIES`) sets ``maximumAttempts`` to one more; the other
/// properties are set in code only.
public struct RetryPolicy: Sendable, Hashable {
    /// The maximum number of attempts of a call, including the first; 1 for no retries.
    public var maximumAttempts: Int

    /// The longest wait before the second attempt; it doubles with each further one. After a refusal for too many
    /// concurrent calls it is two seconds for each attempt.
    public var initialBackoff: Duration

    /// The longest wait before any attempt. Waits for the end of a rate limit's window, and waits that a server
    /// requests with `Retry-After`, may be longer.
    public var maximumBackoff: Duration

    /// The time from the call's beginning within which a retry may begin; `nil` for the call's timeout only.
    public var timeBudget: Duration?

    /// The methods to retry although the org may have done the work: after a lost connection, or 503.
    ///
    /// `DELETE` is not included by default: on an active user, a first one deactivates and a second one deletes
    /// permanently.
    public var idempotentMethods: Set<HTTPRequest.Method>

    /// The statuses that count as transient errors: after them `GET` and `HEAD` are retried, after 503 also
    /// ``idempotentMethods``, and a tail continues. Defaults to 408 and all 5xx except 501, 505, 506, 508, 510 and 511;
    /// empty for none. 429, and codes that mean the org did no work, are independent of it.
    public var transientStatuses: Set<Int>

    /// The longest wait that a server may request with `Retry-After`; a response that requests more is final. Defaults
    /// to one hour. The call's timeout and ``timeBudget`` apply too.
    public var maximumRetryAfter: Duration

    /// 408, and all 5xx except the permanent ones.
    public static let defaultTransientStatuses = Set(500...599).subtracting(RetryRule.permanentStatuses).union([408])

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - maximumAttempts: The maximum number of attempts. Defaults to 5.
    ///   - initialBackoff: The longest wait before the second attempt. Defaults to half a second.
    ///   - maximumBackoff: The longest wait before any attempt. Defaults to 20 seconds.
    ///   - timeBudget: The time within which an attempt may begin. Defaults to no limit.
    ///   - idempotentMethods: The methods that are safe to repeat. Defaults to `GET`, `HEAD` and `PUT`.
    ///   - transientStatuses: The statuses that count as transient errors. Defaults to ``defaultTransientStatuses``.
    ///   - maximumRetryAfter: The longest wait that a server may request. Defaults to one hour.
    public init(
        maximumAttempts: Int = 5,
        initialBackoff: Duration = .milliseconds(500),
        maximumBackoff: Duration = .seconds(20),
        timeBudget: Duration? = nil,
        idempotentMethods: Set<HTTPRequest.Method> = [.get, .head, .put],
        transientStatuses: Set<Int> = RetryPolicy.defaultTransientStatuses,
        maximumRetryAfter: Duration = .seconds(3600)
    ) {
        self.maximumAttempts = maximumAttempts
        self.initialBackoff = initialBackoff
        self.maximumBackoff = maximumBackoff
        self.timeBudget = timeBudget
        self.idempotentMethods = idempotentMethods
        self.transientStatuses = transientStatuses
        self.maximumRetryAfter = maximumRetryAfter
    }

    /// A single attempt.
    public static var never: RetryPolicy { RetryPolicy(maximumAttempts: 1) }
}
