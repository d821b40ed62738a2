/// An attempt of a call that was followed by a retry.
public struct RetriedAttempt: Sendable, Hashable, CustomStringConvertible {
    /// The result of the attempt.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Outcome: Sendable, Hashable {
        /// A response, with Okta's code if it has one.
        case response(status: Int, code: OktaErrorCode?)
        /// No complete response.
        case failed(TransportError.Kind)
    }

    /// The result of the attempt.
    public var outcome: Outcome

    /// Okta's id of the request; `nil` without a response.
    public var requestID: String?

    /// The reason for the retry.
    public var reason: RetriedAttempt.RetryReason

    /// The wait between the outcome and the next attempt.
    public var wait: Duration

    /// Creates an attempt.
    public init(outcome: Outcome, requestID: String? = nil, reason: RetriedAttempt.RetryReason, wait: Duration = .zero)
    {
        self.outcome = outcome
        self.requestID = requestID
        self.reason = reason
        self.wait = wait
    }

    /// The outcome, the request id and the wait.
    public var description: String {
        let what =
            switch outcome {
            case .response(let status, let code): "\(status)" + (code.map { " \($0)" } ?? "")
            case .failed(let kind): kind.rawValue
            }
        return what + (requestID.map { " [request \($0)]" } ?? "") + ", waited \(wait.inWords)"
    }
}

extension [RetriedAttempt] {
    /// The suffix for an error's text; empty if there was only one attempt.
    var note: String { isEmpty ? "" : " (attempt \(count + 1))" }
}

extension RetriedAttempt {
    /// The reason for a retry.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum RetryReason: String, Sendable, Hashable {
        /// Its rate limit was used up: 429.
        case rateLimit
        /// Too many calls ran at the same time: 429 with a limit of 0.
        case concurrency
        /// The org was busy with an operation that excludes the call: 423, 503.
        case unavailable
        /// The org or an intermediary failed: 500, 502 and the like.
        case serverError
        /// An intermediary received no response in time, or did not receive the request in time: 504, 408.
        case gatewayTimeout
        /// No connection was made, no byte was sent, or the server rejected the request before reading it.
        case notSent
        /// The connection was lost before the response was complete.
        case connectionLost
        /// The org required new credentials.
        case credentials
    }
}
