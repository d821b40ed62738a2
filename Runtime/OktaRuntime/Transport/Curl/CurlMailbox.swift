import Synchronization

/// A command of a caller to the loop thread.
enum CurlCommand: Sendable {
    case start(CurlCall)
    case cancel(CurlCall)
    /// A streamed body can continue.
    case resume(CurlCall)
    case census(@Sendable (CurlCensus) -> Void)
}

/// A snapshot of the loop's counts.
struct CurlCensus: Sendable, Hashable {
    /// The number of transfers in progress.
    var transfers = 0
    /// The number of idle handles.
    var idleHandles = 0
}

/// The queue of commands from callers to the loop thread, with the wake-up of the loop. It is their only connection.
final class CurlMailbox: Sendable {
    /// The action of the loop after the commands it has taken.
    enum Phase {
        case open
        /// End the loop.
        case closed
        /// Stop in place, without processing the commands.
        case parked
    }

    fileprivate struct State {
        var commands: [CurlCommand] = []
        var phase = Phase.open
        /// Whether the loop sleeps or is about to sleep, and has not been woken.
        var isSleeping = false
    }

    private let state = Mutex(State())
    /// The handle to wake, which is removed before the loop ends, so that no wake-up accesses a destroyed handle. It has
    /// a separate lock, because a wake-up is a system call, and the loop needs the state as soon as it is awake.
    private let sleeper: Mutex<CurlMultiHandle?>
    private let resumed = ResumedCallers()

    init(wakeUp: CurlMultiHandle) {
        sleeper = Mutex(wakeUp)
    }

    /// Queues a command. A call started after ``close()`` fails immediately, and one started after ``park()`` never
    /// ends.
    func post(_ command: CurlCommand) {
        let (isAccepted, isSleeping) = state.withLock { state in
            guard state.phase != .closed else { return (false, false) }
            state.commands.append(command)
            // If there are resumed callers that have not run, the last of them wakes the loop.
            return (true, resumed.isEmpty ? state.endSleep() : false)
        }
        if isSleeping { wakeSleeper() }
        if !isAccepted { Self.refuse(command) }
    }

    /// Counts callers that the loop is about to resume together.
    func willResume(_ count: Int) -> ResumedCallers.Turn { resumed.add(count) }

    /// Records that a resumed caller runs.
    func hasRun(_ turn: ResumedCallers.Turn) {
        guard resumed.hasRun(turn) else { return }
        let isSleeping = state.withLock { state in state.commands.isEmpty ? false : state.endSleep() }
        if isSleeping { wakeSleeper() }
    }

    /// Ends the call of a command without the loop.
    static func refuse(_ command: CurlCommand) {
        switch command {
        case .start(let call): call.finish(.failure(TransportError(.shutDown)))
        case .census(let report): report(CurlCensus())
        case .cancel, .resume: break
        }
    }

    /// Ends the loop. May be called from any thread, any number of times.
    func close() {
        let isSleeping = state.withLock { state in
            if state.phase == .open { state.phase = .closed }
            return state.endSleep()
        }
        if isSleeping { wakeSleeper() }
    }

    /// Stops the loop in place, because the process exits.
    func park() {
        let isSleeping = state.withLock { state in
            state.phase = .parked
            return state.endSleep()
        }
        if isSleeping { wakeSleeper() }
    }

    /// Takes all queued commands, and returns them with the loop's action after them.
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

    /// The action of the loop before its next iteration.
    enum Rest {
        /// Continue, because there is work to do.
        case none
        /// Sleep until there is work to do.
        case sleep
        /// Sleep for at most ``ResumedCallers/patience``.
        case nap
    }

    /// Records that the loop is about to sleep, unless there is work to do first.
    func prepareToSleep() -> Rest {
        state.withLock { state in
            guard state.phase == .open else { return .none }
            let isWaiting = !resumed.isEmpty
            guard isWaiting || state.commands.isEmpty else { return .none }
            state.isSleeping = true
            return isWaiting ? .nap : .sleep
        }
    }

    /// Records that the loop is awake and needs no wake-up.
    ///
    /// - Parameter hasNapped: Whether the time of a nap has passed. The loop no longer waits for callers that have not
    ///   run.
    func wokeUp(hasNapped: Bool) {
        state.withLock { state in
            if hasNapped, state.isSleeping { resumed.forget() }
            state.isSleeping = false
        }
    }

    /// Removes the handle for wake-ups, so that it can be destroyed.
    func retire() {
        state.withLock { state in
            if state.phase == .open { state.phase = .closed }
        }
        sleeper.withLock { $0 = nil }
    }

    /// Wakes the loop, after ``State/endSleep()``.
    private func wakeSleeper() {
        sleeper.withLock { $0?.wakeUp() }
    }
}

extension CurlMailbox.State {
    /// Records that the loop will be woken, and returns whether it slept.
    fileprivate mutating func endSleep() -> Bool {
        defer { isSleeping = false }
        return isSleeping
    }
}

/// A call of ``CurlTransport``: its request and the continuation that waits for the outcome.
///
/// The first outcome removes the continuation under the lock, so that it is resumed once for any order of events, and
/// every path of ``CurlEventLoop`` ends in an outcome. An unsafe continuation is therefore sufficient, and cheaper.
final class CurlCall: Sendable {
    /// A response, without its body if that is streamed.
    typealias Outcome = Result<TransportResponse, TransportError>

    /// The value that a caller is resumed with.
    struct Delivery: Sendable {
        var outcome: Outcome
        /// The caller's place among those that were resumed together; `nil` if it was resumed alone.
        var turn: ResumedCallers.Turn?
    }

    let request: TransportRequest
    /// The destination of a streamed response's body; `nil` if the caller waits for the whole response.
    let download: DownloadChannel?
    /// The source of a streamed request body.
    let upload: UploadChannel?
    /// The deadline for the whole call, or for the head of a streamed response. It includes the wait for a free
    /// connection, which libcurl's own limit does not.
    let deadline: ContinuousClock.Instant?

    private struct State {
        var continuation: UnsafeContinuation<Delivery, Never>?
        var isCancelled = false
    }

    private let state = Mutex(State())

    init(request: consuming TransportRequest, download: DownloadChannel? = nil, upload: UploadChannel? = nil) {
        deadline = request.timeouts.total.map { ContinuousClock.now + $0 }
        self.request = request
        self.download = download
        self.upload = upload
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func attach(_ continuation: UnsafeContinuation<Delivery, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    func markCancelled() {
        state.withLock { $0.isCancelled = true }
    }

    #if OKTA_SANITIZE
    /// Establishes that the outcome happens before the caller's use of it. The concurrency runtime does so too, but
    /// ThreadSanitizer does not recognize it if the continuation is resumed before its task has suspended.
    func synchronize() {
        state.withLock { _ in }
    }
    #endif

    /// Resumes the caller with the head of a streamed response.
    func deliverHead(_ response: TransportResponse) {
        resume(Delivery(outcome: .success(response)))
    }

    /// Ends the call by resuming the caller, or its reader if it already has the head. Further calls have no effect.
    ///
    /// - Parameter turn: The caller's place among those that are resumed together, which have no streamed body; `nil`
    ///   for a caller that is resumed alone.
    func finish(_ outcome: consuming Outcome, turn: ResumedCallers.Turn? = nil) {
        upload?.close()
        download?.finish(outcome.map { _ in })
        resume(Delivery(outcome: outcome, turn: turn))
    }

    private func resume(_ delivery: consuming Delivery) {
        let continuation = state.withLock { state in
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: delivery)
    }
}
