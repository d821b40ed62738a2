internal import HTTPTypes

/// The observers of one call; empty for a client without observers.
struct CallObservers {
    private let observers: [any ObservedCall.Observer]

    init(_ configuration: OktaConfiguration, _ key: RateLimitKey, _ priority: CallPriority) {
        guard !configuration.observers.isEmpty else {
            observers = []
            return
        }
        var call = ObservedCall(method: key.method.rawValue, template: key.template, orgURL: configuration.orgURL)
        call.priority = priority
        call.program = configuration.rateLimitSharing?.program
        observers = configuration.observers.compactMap { $0.begin(call) }
    }

    var isEmpty: Bool { observers.isEmpty }

    func tell(_ wait: ObservedCall.Wait) {
        for observer in observers { observer.willWait(wait) }
    }

    func tell(_ attempt: ObservedCall.Attempt) {
        for observer in observers { observer.didAttempt(attempt) }
    }

    func tell(_ result: ObservedCall.Result) {
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
            default: .authorization
            }
    }
}
