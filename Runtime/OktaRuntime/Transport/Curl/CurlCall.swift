import Synchronization

/// One caller of ``CurlTransport``: its request and the continuation that waits for the outcome.
///
/// The first outcome takes the continuation out of the lock, so it is resumed once for any order of events, and every
/// path of ``CurlEventLoop`` ends in an outcome. An unsafe continuation is therefore sufficient, and cheaper.
final class CurlCall: Sendable {
    /// A response, without its body when that is streamed.
    typealias Outcome = Result<TransportResponse, TransportError>

    let request: TransportRequest
    /// The destination of a streamed response's body; `nil` when the caller waits for the whole response.
    let download: DownloadChannel?
    /// The source of a streamed request body.
    let upload: UploadChannel?
    /// The deadline for the whole call, or for the head of a streamed response. It includes the wait for a free
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

    /// Ends the call: resumes the caller, or its reader when it already has the head. Further calls have no effect.
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
