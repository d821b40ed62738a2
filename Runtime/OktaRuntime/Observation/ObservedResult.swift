/// How a call ended.
public struct ObservedResult: Sendable, Hashable {
    /// The status of the last answer, or the kind of error that the call ends with.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Outcome: Sendable, Hashable {
        /// An answer of this status, 2xx or not.
        case answered(Int)
        /// No answer.
        case failed(Failure)
    }

    /// The kinds of errors without an answer.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Failure: String, Sendable, Hashable {
        /// No complete answer came back.
        case transport
        /// There were no credentials.
        case authorization
        /// The task was cancelled.
        case cancelled
        /// The rate limit left no room before the call's deadline.
        case rateLimited
    }

    /// How it ended.
    public var outcome: Outcome
    /// The number of attempts that were sent; 0 for a call that ended before, such as one without credentials.
    public var attempts: Int
    /// From the beginning to the end, waits included.
    public var duration: Duration

    /// Creates a result.
    public init(outcome: Outcome, attempts: Int, duration: Duration) {
        self.outcome = outcome
        self.attempts = attempts
        self.duration = duration
    }
}
