internal import HTTPTypes

/// The observers of one call; empty for a client without observers.
struct CallObservers {
    private let observers: [any ObservedCall.Observer]

    /// Creates an empty list.
    init() {
        observers = []
    }

    init(_ configuration: OktaConfiguration, _ request: OktaRequest, _ priority: CallPriority) {
        var call = ObservedCall(
            method: request.method.rawValue, template: request.path.template, orgURL: configuration.orgURL)
        call.priority = priority
        call.program = configuration.rateLimitSharing?.program
        observers = configuration.observers.compactMap { $0.begin(call) }
    }

    func tell(_ wait: ObservedCall.Wait) {
        for observer in observers { observer.willWait(wait) }
    }

    /// Reports an attempt. The request id is omitted if it contains a credential.
    func tell(_ attempt: SentAttempt, number: Int, sent: Duration, credentials: HTTPFields) {
        guard !observers.isEmpty else { return }
        let duration = attempt.ended - sent
        let observed =
            switch attempt.outcome {
            case .success(let response):
                ObservedCall.Attempt(
                    number: number, outcome: .response(response.head.status.code),
                    requestID: response.head.headerFields.requestID(without: credentials),
                    rateLimit: attempt.rateLimit, duration: duration)
            case .failure(let error):
                ObservedCall.Attempt(number: number, outcome: .failed(error.kind), duration: duration)
            }
        for observer in observers { observer.didAttempt(observed) }
    }

    /// Reports the end of the call. The clock is read only if there are observers.
    func tell(
        _ outcome: ObservedCall.Result.Outcome, attempts: Int, queueDuration: Duration, duration: () -> Duration
    ) {
        guard !observers.isEmpty else { return }
        var result = ObservedCall.Result(outcome: outcome, attemptCount: attempts, duration: duration())
        result.queueDuration = queueDuration
        for observer in observers { observer.didFinish(result) }
    }
}

extension ObservedCall.Result.Failure {
    init(_ error: OktaError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .rateLimited: .rateLimited
            case .transport: .transport
            case .invalidRequest: .invalidRequest
            case .configuration: .configuration
            // These errors of a call without a response come from the request for a token.
            case .authorization, .api, .decoding, .paging: .authorization
            }
    }
}
