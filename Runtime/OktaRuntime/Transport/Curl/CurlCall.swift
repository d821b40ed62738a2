import Synchronization

/// One caller of ``CurlTransport``: its request and the continuation that waits for the outcome.
///
/// The continuation leaves the lock with the first outcome, so it is resumed once whatever the order of events, and
/// every path of ``CurlEventLoop`` ends in an outcome. An unsafe one is enough for that, and costs each call less.
final class CurlCall: Sendable {
    /// A response, without its body when that is streamed.
    typealias Outcome = Result<TransportResponse, TransportError>

    let request: TransportRequest
    /// Where the body of a streamed response goes; `nil` when the caller waits for the whole.
    let download: DownloadChannel?
    /// Where a streamed request body comes from.
    let upload: UploadChannel?
    /// When the whole call must have ended, or the head of a streamed response have come; counts the wait for a free
    /// connection, which libcurl's own limit does not.
    let deadline: ContinuousClock.Instant?

    private struct State {
        var continuation: UnsafeContinuation<Outcome, Never>?
        var isCancelled = false
    }

    private let state = Mutex(State())

    init(request: TransportRequest, download: DownloadChannel? = nil, upload: UploadChannel? = nil) {
        self.request = request
        self.download = download
        self.upload = upload
        deadline = request.timeouts.total.map { ContinuousClock.now + $0 }
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func attach(_ continuation: UnsafeContinuation<Outcome, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    func markCancelled() {
        state.withLock { $0.isCancelled = true }
    }

    /// Resumes the caller with the head of a streamed response.
    func deliverHead(_ response: TransportResponse) {
        resume(.success(response))
    }

    /// Ends the call: resumes the caller, or its reader when it has the head already. Does nothing from the second time
    /// on.
    func finish(_ outcome: Outcome) {
        upload?.close()
        download?.finish(outcome.map { _ in })
        resume(outcome)
    }

    private func resume(_ outcome: Outcome) {
        let continuation = state.withLock { state in
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: outcome)
    }
}
