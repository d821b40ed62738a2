internal import OktaRuntime

/// Writes a line for each attempt of a call and for each wait, without values, bodies and secrets, to show why a
/// command is slow or rejected.
struct CallTrace: ClientObserver {
    /// The environment variable that turns it on.
    static let variable = "OKTA_CLI_DEBUG"

    private let notices: TextOutput
    /// The control sequence that erases a progress line.
    private let erasure: String

    /// Creates the trace; nil if it is not turned on.
    init?(_ context: ProgramContext) {
        guard !(context.environment[Self.variable] ?? "").isEmpty else { return nil }
        notices = context.notices
        erasure = context.notices.isTerminal && context.obeysMarks ? "\r\u{1B}[K" : ""
    }

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { Call(call: call, trace: self) }

    private func write(_ text: String) {
        notices.write(erasure)
        notices.print("okta: \(text)")
        notices.flush()
    }

    private struct Call: ObservedCall.Observer {
        let call: ObservedCall
        let trace: CallTrace

        func willWait(_ wait: ObservedCall.Wait) {
            let time = wait.minimumDuration.map { " for at least \(Figures.span($0 / .seconds(1)))" } ?? ""
            let cause: String
            switch wait.cause {
            case .queue: cause = "its turn under the rate limits"
            case .retry(let reason): cause = "attempt \(wait.attempt), because of \(reason)"
            @unknown default: cause = "attempt \(wait.attempt)"
            }
            trace.write("\(call.method) \(call.orgURL)\(call.template) waits\(time) before \(cause)")
        }

        func didAttempt(_ attempt: ObservedCall.Attempt) {
            let outcome: String
            switch attempt.outcome {
            case .response(let status): outcome = "\(status)"
            case .failed(let kind): outcome = kind.rawValue
            @unknown default: outcome = "an unknown end"
            }
            var parts = ["\(outcome) after \(Figures.rate(attempt.duration / .milliseconds(1))) ms"]
            if let id = attempt.requestID { parts.append("request \(id)") }
            if let limit = attempt.rateLimit { parts.append("\(limit.remaining) of \(limit.limit) calls left") }
            trace.write("\(call.method) \(call.orgURL)\(call.template) \(parts.joined(separator: ", "))")
        }

        func didFinish(_ result: ObservedCall.Result) {}
    }
}
