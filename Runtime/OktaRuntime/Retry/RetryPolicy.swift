public import HTTPTypes

/// When a call is attempted again, and how long the client waits before.
///
/// What the org refused before it did any work is repeated whatever the method: a rate limit (429), priorities being
/// reconciled (423), read-only mode (503), a connection that was never made, an HTTP/2 connection that is being closed. What
/// may have done its work is repeated only where that does no harm: after a lost connection or 503 for
/// ``idempotentMethods``, after 500, 502, 504 and the like for `GET` and `HEAD`. A `POST` is never sent again when nothing is
/// known of its fate. The README has the table.
public struct RetryPolicy: Sendable, Hashable {
    /// The most attempts of a call, the first included; 1 for no repetition.
    public var maximumAttempts: Int

    /// The longest wait before the second attempt; it doubles with each further one. After a refusal for too many calls
    /// at the same time it is two seconds instead, for each attempt.
    public var initialBackoff: Duration

    /// The longest wait before any attempt. Waits for the end of a rate limit's window, and those that a server asks for
    /// with `Retry-After`, may be longer.
    public var maximumBackoff: Duration

    /// The time from the call's beginning within which a further attempt may begin; `nil` for no limit but the call's own
    /// timeout.
    public var timeBudget: Duration?

    /// The methods whose calls are repeated though the org may have done the work: after a lost connection, or 503.
    ///
    /// `DELETE` is not among them unless added: a first one of an active user deactivates, a second one deletes for good.
    public var idempotentMethods: Set<HTTPRequest.Method>

    /// The statuses that count as a fault which passes: after them a `GET` or `HEAD` is repeated, after 503 each of
    /// ``idempotentMethods``, and a tail goes on. 408 and 5xx but 501, 505, 506, 508, 510 and 511 unless changed; empty for
    /// none. 429, and codes by which an org says that it has done nothing, do not depend on it.
    public var transientStatuses: Set<Int>

    /// The longest wait that a server may ask for with `Retry-After`; an answer that asks for more is final. One hour
    /// unless changed. The call's timeout and ``timeBudget`` bound it too.
    public var maximumRetryAfter: Duration

    /// 408, and all of 5xx but what says that it will not change.
    public static let defaultTransientStatuses = Set(500...599).subtracting(RetryRule.unpassing).union([408])

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - maximumAttempts: The most attempts; 5 unless told otherwise.
    ///   - initialBackoff: The longest wait before the second attempt; half a second unless told otherwise.
    ///   - maximumBackoff: The longest wait before any; 20 seconds unless told otherwise.
    ///   - timeBudget: The time within which an attempt may begin; none unless told otherwise.
    ///   - idempotentMethods: What may be done twice; `GET`, `HEAD` and `PUT` unless told otherwise.
    ///   - transientStatuses: What counts as a fault which passes; ``defaultTransientStatuses`` unless changed.
    ///   - maximumRetryAfter: The longest wait that a server may ask for; one hour unless changed.
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

    /// One attempt only.
    public static var never: RetryPolicy { RetryPolicy(maximumAttempts: 1) }
}
