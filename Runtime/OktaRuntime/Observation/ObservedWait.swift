/// A wait before an attempt, told when it begins.
public struct ObservedWait: Sendable, Hashable {
    /// What the wait is for.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Cause: Sendable, Hashable {
        /// The call's turn under the rate limit and among the calls in flight.
        case turn
        /// Time before another attempt.
        case retry(RetryReason)
    }

    /// What the wait is for.
    public var cause: Cause
    /// How long it will take at least; `nil` when it depends on other calls.
    public var expected: Duration?
    /// The number of the attempt to come, from 1.
    public var attempt: Int

    /// Creates a wait.
    public init(cause: Cause, expected: Duration?, attempt: Int) {
        self.cause = cause
        self.expected = expected
        self.attempt = attempt
    }
}
