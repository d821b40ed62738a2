/// A call, as observers see it.
public struct ObservedCall: Sendable, Hashable {
    /// The method, such as `GET`.
    public var method: String
    /// The path with `{}` in place of each value, such as `/api/v1/users/{}`: of interpolated ones and of arguments for
    /// certain, and of a path given as one text as far as values can be told from words; see ``RequestPath/template``.
    public var template: String
    /// The org's origin, such as `https://acme.okta.com`.
    public var orgURL: String

    /// What calls of this action are grouped by, for rate limits too.
    public var bucket: String { "\(method) \(template)" }

    /// Creates a call.
    public init(method: String, template: String, orgURL: String) {
        self.method = method
        self.template = template
        self.orgURL = orgURL
    }
}

extension ObservedCall {
    /// A wait before an attempt, told when it begins.
    public struct Wait: Sendable, Hashable {
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
}

extension ObservedCall {
    /// What came of one attempt.
    public struct Attempt: Sendable, Hashable {
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
}

extension ObservedCall {
    /// How a call ended.
    public struct Result: Sendable, Hashable {
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
}
