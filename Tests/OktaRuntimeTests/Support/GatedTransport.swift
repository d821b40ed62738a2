import HTTPTypes
import LoopbackServer
import OktaRuntime
import Synchronization

/// A transport whose responses wait for gates. It records cancelled calls.
final class GatedTransport: HTTPTransport {
    private struct State {
        var paths: [String] = []
        var cancelled: [Int] = []
        var gates: [Int: LoopbackGate] = [:]
        var begun: [Int: LoopbackGate] = [:]
        var ended: [Int: LoopbackGate] = [:]
    }

    private let state = Mutex(State())
    private let respond: @Sendable (Int) -> TransportResponse

    init(_ respond: @escaping @Sendable (Int) -> TransportResponse) {
        self.respond = respond
    }

    var paths: [String] { state.withLock { $0.paths } }
    var cancelled: [Int] { state.withLock { $0.cancelled } }

    /// Releases the response to a call. Numbers start at 0.
    func open(_ index: Int) { gate(index, in: \.gates).open() }

    /// Waits until a call has been passed to the transport.
    func waitUntilBegun(_ index: Int) async { await gate(index, in: \.begun).wait() }

    /// Waits until a call has its response or is cancelled.
    func waitUntilEnded(_ index: Int) async { await gate(index, in: \.ended).wait() }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let index = state.withLock { state in
            state.paths.append(request.head.path ?? "")
            return state.paths.count - 1
        }
        gate(index, in: \.begun).open()
        defer { gate(index, in: \.ended).open() }
        await gate(index, in: \.gates).wait()
        if Task.isCancelled {
            state.withLock { $0.cancelled.append(index) }
            throw TransportError(.cancelled)
        }
        return respond(index)
    }

    func client() throws -> OktaClient {
        try OktaClient(
            configuration: OktaConfiguration(orgURL: "https://acme.okta.com", token: "secret-token"), transport: self)
    }

    private func gate(_ index: Int, in gates: any WritableKeyPath<State, [Int: LoopbackGate]> & Sendable)
        -> LoopbackGate
    {
        state.withLock { state in
            if let gate = state[keyPath: gates][index] { return gate }
            let gate = LoopbackGate()
            state[keyPath: gates][index] = gate
            return gate
        }
    }
}
