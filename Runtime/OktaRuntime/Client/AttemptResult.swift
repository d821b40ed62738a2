internal import HTTPTypes

/// What one attempt of a call brought.
struct AttemptResult {
    let permit: RatePermit
    let outcome: Result<TransportResponse, TransportError>
    /// What the answer states about the rate limit.
    let rateLimit: RateLimit?
    /// What an answer of 429 means.
    let signal: RateLimitSignal?
    /// Why another attempt is called for.
    var retryReason: RetryReason?
    private let code: String?

    init(permit: RatePermit, outcome: Result<TransportResponse, TransportError>, retryReason: RetryReason?) {
        self.permit = permit
        self.outcome = outcome
        self.retryReason = retryReason
        rateLimit = nil
        signal = nil
        code = nil
    }

    init(permit: RatePermit, answer: TransportResponse, method: HTTPRequest.Method, retry: RetryPolicy) {
        self.permit = permit
        outcome = .success(answer)
        rateLimit = RateLimit(answer.head.headerFields)
        let status = answer.head.status
        code = answer.decidingCode
        signal = RateLimitSignal(status: status, code: code, rateLimit: rateLimit)
        retryReason = retry.reason(afterStatus: status, code: code, signal: signal, method: method)
    }

    /// The attempt as history, when another has followed.
    func record(reason: RetryReason, wait: Duration) -> CallAttempt {
        switch outcome {
        case .success(let answer):
            CallAttempt(
                outcome: .answered(status: answer.head.status.code, code: code),
                requestID: answer.head.headerFields.requestID, reason: reason, wait: wait)
        case .failure(let error):
            CallAttempt(outcome: .failed(error.kind), reason: reason, wait: wait)
        }
    }
}

extension TransportResponse {
    /// Okta's code, where it decides what to do next; only there, since parsing is not free.
    var decidingCode: String? {
        guard [423, 429, 503].contains(head.status.code) else { return nil }
        return (try? JSON(parsing: body))?[string: "errorCode"]
    }
}

extension ObservedResult.Failure {
    init(_ error: OktaError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .rateLimited: .rateLimited
            case .transport: .transport
            default: .authorization
            }
    }
}
