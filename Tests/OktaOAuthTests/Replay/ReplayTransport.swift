import HTTPTypes
import OktaRuntime
import Synchronization

/// Returns the responses of a recording in order, and records the differences from its requests.
final class ReplayTransport: HTTPTransport {
    private struct State {
        var remaining: ArraySlice<RecordedExchange>
        var requests: [TransportRequest] = []
        var misfits: [String] = []
    }

    private let state: Mutex<State>

    init(_ exchanges: [RecordedExchange]) {
        state = Mutex(State(remaining: exchanges[...]))
    }

    var next: RecordedExchange? { state.withLock { $0.remaining.first } }
    var requests: [TransportRequest] { state.withLock { $0.requests } }
    var misfits: [String] { state.withLock { $0.misfits } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let response = state.withLock { state -> TransportResponse? in
            state.requests.append(request)
            guard let exchange = state.remaining.popFirst() else { return nil }
            state.misfits += Self.misfits(of: request, with: exchange)
            return exchange.response
        }
        guard let response else { throw TransportError(.other, detail: "the recording is over") }
        return response
    }

    /// Returns the differences between a request and the recorded one, except for tokens.
    private static func misfits(of request: TransportRequest, with exchange: RecordedExchange) -> [String] {
        var misfits: [String] = []
        let head = request.head
        let url = "\(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "")"
        if head.method.rawValue != exchange.method { misfits.append("\(head.method.rawValue), not \(exchange.method)") }
        if url != exchange.url { misfits.append("\(url), not \(exchange.url)") }
        for (name, values) in exchange.requestHeaders {
            guard let own = request.header(name) else {
                misfits.append("no \(name)")
                continue
            }
            // Only the scheme of credentials is compared.
            let fits =
                name == "authorization"
                ? own.prefix { $0 != " " } == (values.first ?? "").prefix { $0 != " " } : [own] == values
            if !fits { misfits.append("another \(name)") }
        }
        return misfits
    }
}
