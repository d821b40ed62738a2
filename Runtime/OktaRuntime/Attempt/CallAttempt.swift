/// One attempt of a call that was followed by another.
public struct CallAttempt: Sendable, Hashable, CustomStringConvertible {
    /// What came of the attempt.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Outcome: Sendable, Hashable {
        /// An answer, with Okta's code when it has one.
        case answered(status: Int, code: OktaErrorCode?)
        /// No complete answer.
        case failed(TransportError.Kind)
    }

    /// What came of it.
    public var outcome: Outcome

    /// Okta's id of the request, when there was an answer.
    public var requestID: String?

    /// Why another attempt followed.
    public var reason: RetryReason

    /// The time between the outcome and the next attempt.
    public var wait: Duration

    /// Creates an attempt.
    public init(outcome: Outcome, requestID: String? = nil, reason: RetryReason, wait: Duration = .zero) {
        self.outcome = outcome
        self.requestID = requestID
        self.reason = reason
        self.wait = wait
    }

    /// The outcome, the request id and the wait.
    public var description: String {
        let what =
            switch outcome {
            case .answered(let status, let code): "\(status)" + (code.map { " \($0)" } ?? "")
            case .failed(let kind): kind.rawValue
            }
        return what + (requestID.map { " [request \($0)]" } ?? "") + ", waited \(wait.inWords)"
    }
}

extension [CallAttempt] {
    /// What to add to an error's text; nothing when there was only one attempt.
    var note: String { isEmpty ? "" : " (attempt \(count + 1))" }
}

/// Why a call is attempted again.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum RetryReason: String, Sendable, Hashable {
    /// Its rate limit was used up: 429.
    case rateLimit
    /// Too many calls ran at the same time: 429 with a limit of 0.
    case concurrency
    /// The org was busy with something that excludes the call: 423, 503.
    case unavailable
    /// The org or a server in between failed: 500, 502 and the like.
    case serverError
    /// A server in between had no answer in time, or did not get the request in time: 504, 408.
    case gatewayTimeout
    /// No connection was made, nothing was sent over it, or the server turned the request away unread.
    case notSent
    /// The connection was lost before the answer was complete.
    case connectionLost
    /// The org wanted other credentials.
    case credentials
}
