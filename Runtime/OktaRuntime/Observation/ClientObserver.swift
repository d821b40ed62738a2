/// An observer of the calls of a client, for logs, metrics and traces.
///
/// Observers receive no header fields, bodies, queries, arguments of actions or values interpolated into a path. For a
/// path given as plain text, they receive its literal segments; ``RequestPath/template`` defines which segments count
/// as values. Functions are called in order on the task of the call, which they delay. A client without observers has
/// no overhead.
public protocol ClientObserver: Sendable {
    /// Called when a call begins.
    ///
    /// - Returns: The observer of this call; `nil` to ignore the call.
    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)?

    /// Called when the store of the client's ``RateLimitSharing`` becomes unreachable or reachable again. The default
    /// implementation does nothing.
    func storeDidChange(_ store: ObservedStore)
}

extension ClientObserver {
    /// Does nothing.
    public func storeDidChange(_ store: ObservedStore) {}
}

/// The store that a client shares rate limits through, as seen by observers.
public struct ObservedStore: Sendable, Hashable {
    /// Whether the store can be reached.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum State: Sendable, Hashable {
        /// The client shares its limits again.
        case reachable
        /// The client uses its fair share of each limit, and tries again automatically.
        case unreachable(reason: String)
    }

    /// The org's origin, such as `https://acme.okta.com`.
    public var orgURL: String
    /// Whether the store can be reached.
    public var state: State

    /// Creates a state.
    public init(orgURL: String, state: State) {
        self.orgURL = orgURL
        self.state = state
    }
}

extension ObservedCall {
    /// Observes one call from beginning to end.
    public protocol Observer: Sendable {
        /// Called when the call has to wait before its next attempt.
        func willWait(_ wait: ObservedCall.Wait)

        /// Called when an attempt has received a response or failed.
        func didAttempt(_ attempt: ObservedCall.Attempt)

        /// Called last, when the call is complete. A call with a streamed response is complete when the head has
        /// arrived.
        func didFinish(_ result: ObservedCall.Result)
    }
}

/// A call, as seen by observers.
public struct ObservedCall: Sendable, Hashable {
    /// The method, such as `GET`.
    public var method: String
    /// The path with `{}` for each value, such as `/api/v1/users/{}`. Interpolated values and arguments are always
    /// replaced. In a path given as plain text, segments that look like values are replaced; see
    /// ``RequestPath/template``.
    public var template: String
    /// The org's origin, such as `https://acme.okta.com`.
    public var orgURL: String
    /// The priority of the call.
    public var priority = CallPriority.interactive
    /// The program's name in ``RateLimitSharing``; `nil` without one.
    public var program: String?

    /// The key that groups calls of this action, which is also that of rate limits.
    public var bucket: String { "\(method) \(template)" }

    /// Creates a call.
    public init(method: String, template: String, orgURL: String) {
        self.method = method
        self.template = template
        self.orgURL = orgURL
    }
}

extension ObservedCall {
    /// A wait before an attempt, reported when it begins.
    public struct Wait: Sendable, Hashable {
        /// The cause of the wait.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Cause: Sendable, Hashable {
            /// The rate limit, the concurrency limit or other calls in the queue.
            case queue
            /// The delay before a retry.
            case retry(RetriedAttempt.RetryReason)
        }

        /// The cause of the wait.
        public var cause: Cause
        /// The minimum duration; `nil` if it depends on other calls.
        public var minimumDuration: Duration?
        /// The number of the next attempt, from 1.
        public var attempt: Int

        /// Creates a wait.
        public init(cause: Cause, minimumDuration: Duration?, attempt: Int) {
            self.cause = cause
            self.minimumDuration = minimumDuration
            self.attempt = attempt
        }
    }
}

extension ObservedCall {
    /// The result of one attempt.
    public struct Attempt: Sendable, Hashable {
        /// The status of the response, or the failure.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Outcome: Sendable, Hashable {
            /// A response with this status.
            case response(Int)
            /// No complete response.
            case failed(TransportError.Kind)
        }

        /// The number of the attempt, from 1.
        public var number: Int
        /// The result of the attempt.
        public var outcome: Outcome
        /// Okta's id of the request.
        public var requestID: String?
        /// The rate limit that the response states.
        public var rateLimit: RateLimit?
        /// The time from sending to the complete response, or to the head of a streamed response.
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
    /// The result of a call.
    public struct Result: Sendable, Hashable {
        /// The status of the last response, or the kind of error that ends the call.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Outcome: Sendable, Hashable {
            /// A response with this status, 2xx or not.
            case response(Int)
            /// No response.
            case failed(Failure)
        }

        /// The kinds of errors without a response.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Failure: String, Sendable, Hashable {
            /// No complete response arrived.
            case transport
            /// No credentials were available for the call.
            case authorization
            /// The request is invalid, so that nothing was sent.
            case invalidRequest
            /// A setting of the client is invalid, so that nothing was sent.
            case configuration
            /// The task was cancelled.
            case cancelled
            /// The rate limit would have delayed the call beyond its deadline.
            case rateLimited
        }

        /// The result of the call.
        public var outcome: Outcome
        /// The number of attempts sent; 0 for a call that ended before, such as one without credentials.
        public var attemptCount: Int
        /// The time from beginning to end, including waits.
        public var duration: Duration
        /// The time that the call waited before its first attempt.
        public var queueDuration = Duration.zero

        /// Creates a result.
        public init(outcome: Outcome, attemptCount: Int, duration: Duration) {
            self.outcome = outcome
            self.attemptCount = attemptCount
            self.duration = duration
        }
    }
}
