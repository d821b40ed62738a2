/// What came of one attempt.
public struct ObservedAttempt: Sendable, Hashable {
    /// The status of the answer, or what went wrong.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Outcome: Sendable, Hashable {
        /// An answer of this status.
        case answered(Int)
        /// No complete answer.
        case failed(TransportError.Kind)
    }

    /// The number of the attempt, from 1.
    public var number: Int
    /// What came of it.
    public var outcome: Outcome
    /// Okta's id of the request.
    public var requestID: String?
    /// What the answer states about the rate limit.
    public var rateLimit: RateLimit?
    /// From sending to the complete answer; to its head, where the body is streamed.
    public var duration: Duration

    /// Creates an attempt.
    public init(
        number: Int, outcome: Outcome, requestID: String? = nil, rateLimit: RateLimit? = nil, duration: Duration
    ) {
        self.number = number
        self.outcome = outcome
        self.requestID = requestID
        self.rateLimit = rateLimit
        self.duration = duration
    }
}
