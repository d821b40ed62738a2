import Synchronization

/// What callers ask of the loop thread.
enum CurlCommand: Sendable {
    case start(CurlCall)
    case cancel(CurlCall)
    /// A streamed body can go on.
    case resume(CurlCall)
    case census(@Sendable (CurlCensus) -> Void)
}

/// What a loop holds at one moment.
struct CurlCensus: Sendable, Hashable {
    /// Transfers under way.
    var transfers = 0
    /// Handles that wait for their next transfer.
    var idleHandles = 0
}

/// The only meeting point of callers and the loop thread: a queue of commands and the wake-up call.
final class CurlMailbox: Sendable {
    /// What the loop is to do after the commands that it takes.
    enum Phase {
        case open
        /// To end.
        case closed
        /// To touch nothing any more, not even the commands.
        case parked
    }

    fileprivate struct State {
        var commands: [CurlCommand] = []
        var phase = Phase.open
        /// Whether the loop sleeps, or is about to, and nobody has woken it yet.
        var isSleeping = false
        /// Gone before the loop ends, so that no wake-up touches a destroyed handle.
        var wakeUp: CurlMultiHandle?
    }

    private let state: Mutex<State>

    init(wakeUp: CurlMultiHandle) {
        state = Mutex(State(wakeUp: wakeUp))
    }

    /// Queues a command; a start after ``close()`` fails at once, and one after ``park()`` does not end.
    func post(_ command: CurlCommand) {
        let isAccepted = state.withLock { state in
            guard state.phase != .closed else { return false }
            state.commands.append(command)
            state.wakeSleeper()
            return true
        }
        if !isAccepted { Self.refuse(command) }
    }

    /// Ends what a command asks for without the loop.
    static func refuse(_ command: CurlCommand) {
        switch command {
        case .start(let call): call.finish(.failure(TransportError(.shutDown)))
        case .census(let report): report(CurlCensus())
        case .cancel, .resume: break
        }
    }

    /// Asks the loop to end; may be called from any thread, any number of times.
    func close() {
        state.withLock { state in
            if state.phase == .open { state.phase = .closed }
            state.wakeSleeper()
        }
    }

    /// Asks the loop to stay as it is, since the process ends.
    func park() {
        state.withLock { state in
            state.phase = .parked
            state.wakeSleeper()
        }
    }

    /// Takes all queued commands, and tells what the loop has to do after them.
    ///
    /// - Parameter spare: An empty array whose memory the queue goes on with.
    func take(leaving spare: inout [CurlCommand]) -> (commands: [CurlCommand], phase: Phase) {
        state.withLock { state in
            var commands = spare
            spare = []
            swap(&commands, &state.commands)
            return (commands, state.phase)
        }
    }

    /// Announces that the loop goes to sleep; `false` when there is something to do first.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isSleeping = state.commands.isEmpty && state.phase == .open
            return state.isSleeping
        }
    }

    /// Announces that the loop is awake: from now on nobody need wake it.
    func wokeUp() {
        state.withLock { $0.isSleeping = false }
    }

    /// Forgets the handle that is woken; from now on it may be destroyed.
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
