public import HTTPTypes

/// The policy for retries and the waits before them.
///
/// Errors that mean the org did no work are retried for every method: a rate limit (429), priorities being reconciled
/// (423), read-only mode (503), a connection that was never made, an HTTP/2 connection that is being closed. Errors
/// after which the org may have done the work are retried only if that is safe: a lost connection or 503 for
/// ``idempotentMethods``, and 500, 502, 504 and other transient statuses for `GET` and `HEAD`. By default, a `POST`
/// with an unknown outcome is never sent again. The README contains the full table.
///
/// The setting `rateLimit.maxRetries` (`OKTA_CLIENT_RATELIMIT_MAXRETRIES`) sets ``maximumAttempts`` to one more; the
/// other properties are set in code only.
public struct RetryPolicy: Sendable, Hashable {
    /// The maximum number of attempts of a call, including the first; 1 for no retries. One more attempt, which is not
    /// counted, follows a 401 if the authorization has new credentials.
    public var maximumAttempts: Int

    /// The longest wait before the second attempt, which doubles with each further one. After a refusal for too many
    /// concurrent calls, the longest wait is two seconds for every attempt.
    public var initialBackoff: Duration

    /// The longest wait before any attempt. Waits for the end of a rate limit's window, and waits that a server
    /// requests with `Retry-After`, may be longer.
    public var maximumBackoff: Duration

    /// The time after the call's beginning within which a retry may begin; `nil` for the call's timeout only.
    public var timeBudget: Duration?

    /// The methods to retry after a lost connection or 503, although the org may have done the work.
    ///
    /// `DELETE` is not included by default, because on an active user, the first call deactivates the user and the
    /// second one deletes it permanently.
    public var idempotentMethods: Set<HTTPRequest.Method>

    /// The statuses that count as transient errors. After these statuses, `GET` and `HEAD` are retried, a tail
    /// continues, and after 503, ``idempotentMethods`` are retried too. Defaults to 408 and all 5xx except 501, 505,
    /// 506, 508, 510 and 511; empty for none. The setting does not affect 429 and codes that mean the org did no work.
    public var transientStatuses: Set<Int>

    /// The longest wait that a server may request with `Retry-After`. A response that requests a longer one is not
    /// retried. Defaults to one hour. The call's timeout and ``timeBudget`` apply too.
    public var maximumRetryAfter: Duration

    /// The default of ``transientStatuses``: 408, and all 5xx except the permanent ones.
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

    /// A policy without retries, except one with new credentials after a 401.
    public static var never: RetryPolicy { RetryPolicy(maximumAttempts: 1) }
}
