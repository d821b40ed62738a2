import HTTPTypes
import OktaRuntime
import Synchronization

/// A transport that handles each request by the next step of a script.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        /// A response with this status. A 429 states that the rate limit is used up for half a minute.
        case response(Int)
        /// No response, although the request may have arrived.
        case failure(TransportError.Kind)
    }

    private let steps: Mutex<[Step]>

    init(_ steps: [Step]) {
        self.steps = Mutex(steps)
    }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let step: Step? = steps.withLock { steps in steps.isEmpty ? nil : steps.removeFirst() }
        switch step {
        case .response(let status): return response(status)
        case .failure(let kind): throw TransportError(kind, mayHaveReachedServer: true)
        case nil: throw TransportError(.other, detail: "the script is over")
        }
    }

    private func response(_ status: Int) -> TransportResponse {
        var headers = [("X-Okta-Request-Id", "r\(status)")]
        if status == 429 {
            headers += [
                ("X-Rate-Limit-Limit", "600"), ("X-Rate-Limit-Remaining", "0"),
                ("X-Rate-Limit-Reset", "\(InstantTime.start + 30)"),
            ]
        }
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return TransportResponse(head: HTTPResponse(status: .init(code: status), headerFields: fields), body: [])
    }
}
