import Synchronization

/// A command of a caller to the loop thread.
enum CurlCommand: Sendable {
    case start(CurlCall)
    case cancel(CurlCall)
    /// A streamed body can continue.
    case resume(CurlCall)
    case census(@Sendable (CurlCensus) -> Void)
}

/// The loop's counts at one moment.
struct CurlCensus: Sendable, Hashable {
    /// Transfers in progress.
    var transfers = 0
    /// Handles that wait for their next transfer.
    var idleHandles = 0
}

/// The only connection between callers and the loop thread: a queue of commands and the wake-up call.
final class CurlMailbox: Sendable {
    /// What the loop does after the commands that it takes.
    enum Phase {
        case open
        /// End.
        case closed
        /// Touch nothing more, not even the commands.
        case parked
    }

    fileprivate struct State {
        var commands: [CurlCommand] = []
        var phase = Phase.open
        /// Whether the loop sleeps, or is about to, and has not been woken yet.
        var isSleeping = false
        /// Removed before the loop ends, so that no wake-up touches a destroyed handle.
        var wakeUp: CurlMultiHandle?
    }

    private let state: Mutex<State>

    init(wakeUp: CurlMultiHandle) {
        state = Mutex(State(wakeUp: wakeUp))
    }

    /// Queues a command. A start after ``close()`` fails immediately, and one after ``park()`` never ends.
    func post(_ command: CurlCommand) {
        let isAccepted = state.withLock { state in
            guard state.phase != .closed else { return false }
            state.commands.append(command)
            state.wakeSleeper()
            return true
        }
        if !isAccepted { Self.refuse(command) }
    }

    /// Ends the call of a command without the loop.
    static func refuse(_ command: CurlCommand) {
        switch command {
        case .start(let call): call.finish(.failure(TransportError(.shutDown)))
        case .census(let report): report(CurlCensus())
        case .cancel, .resume: break
        }
    }

    /// Tells the loop to end; may be called from any thread, any number of times.
    func close() {
        state.withLock { state in
            if state.phase == .open { state.phase = .closed }
            state.wakeSleeper()
        }
    }

    /// Tells the loop to stop in place, because the process exits.
    func park() {
        state.withLock { state in
            state.phase = .parked
            state.wakeSleeper()
        }
    }

    /// Takes all queued commands, and returns what the loop does after them.
    ///
    /// - Parameter spare: An empty array whose storage the queue reuses.
    func take(leaving spare: inout [CurlCommand]) -> (commands: [CurlCommand], phase: Phase) {
        state.withLock { state in
            var commands = spare
            spare = []
            swap(&commands, &state.commands)
            return (commands, state.phase)
        }
    }

    /// Announces that the loop goes to sleep; `false` when there is work to do first.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isSleeping = state.commands.isEmpty && state.phase == .open
            return state.isSleeping
        }
    }

    /// Announces that the loop is awake and needs no wake-up.
    func wokeUp() {
        state.withLock { $0.isSleeping = false }
    }

    /// Drops the handle for wake-ups, which may then be destroyed.
    func retire() {
        state.withLock { state in
            if state.phase == .open { state.phase = .closed }
            state.wakeUp = nil
        }
    }
}

extension CurlMailbox.State {
    fileprivate mutating func wakeSleeper() {
        guard isSleeping else { return }
        isSleeping = false
        wakeUp?.wakeUp()
    }
}

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

    #if OKTA_SANITIZE
    /// Orders the outcome before what its caller does with it. The concurrency runtime does so too, but ThreadSanitizer
    /// does not see it when the continuation is resumed before its task has suspended.
    func synchronize() {
        state.withLock { _ in }
    }
    #endif

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
