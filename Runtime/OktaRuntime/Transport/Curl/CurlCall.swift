import Synchronization

/// One waiting caller of ``CurlTransport/send(_:)``: its request and the continuation to resume.
///
/// The continuation leaves the lock with the first outcome, so it is resumed once whatever the order of events.
final class CurlCall: Sendable {
    typealias Outcome = Result<TransportResponse, TransportError>

    let request: TransportRequest
    let options: CurlTransport.Options
    let posted = ContinuousClock.now

    private struct State {
        var continuation: CheckedContinuation<Outcome, Never>?
        var isCancelled = false
    }

    private let state = Mutex(State())

    init(request: TransportRequest, options: CurlTransport.Options) {
        self.request = request
        self.options = options
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// When the whole call must have ended; counts the wait for a free connection, which libcurl's own limit does not.
    var deadline: ContinuousClock.Instant? { request.timeouts.total.map { posted + $0 } }

    func attach(_ continuation: CheckedContinuation<Outcome, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    func markCancelled() {
        state.withLock { $0.isCancelled = true }
    }

    /// Resumes the caller; does nothing from the second time on.
    func finish(_ outcome: Outcome) {
        let continuation = state.withLock { state in
            let continuation = state.continuation
            state.continuation = nil
            return continuation
        }
        continuation?.resume(returning: outcome)
    }
}
