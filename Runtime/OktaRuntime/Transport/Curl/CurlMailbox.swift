import Synchronization

/// What callers ask of the loop thread.
enum CurlCommand: Sendable {
    case start(CurlCall)
    case cancel(CurlCall)
}

/// The only meeting point of callers and the loop thread: a queue of commands and the wake-up call.
final class CurlMailbox: Sendable {
    private struct State {
        var commands: [CurlCommand] = []
        var isClosed = false
        /// Gone before the loop destroys the handle, so that no wake-up touches a dead one.
        var multi: CurlMultiHandle?
    }

    private let state: Mutex<State>

    init(multi: CurlMultiHandle) {
        state = Mutex(State(multi: multi))
    }

    /// Queues a command; a start after ``close()`` fails at once.
    func post(_ command: CurlCommand) {
        let isAccepted = state.withLock { state in
            guard !state.isClosed else { return false }
            state.commands.append(command)
            // A queue that was not empty has a wake-up under way already.
            if state.commands.count == 1 { state.multi?.wakeUp() }
            return true
        }
        if !isAccepted, case .start(let call) = command {
            call.finish(.failure(TransportError(.shutDown)))
        }
    }

    /// Asks the loop to end; may be called from any thread, any number of times.
    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            state.multi?.wakeUp()
        }
    }

    /// Takes all queued commands, and tells whether the loop has to end after them.
    func take() -> (commands: [CurlCommand], isClosed: Bool) {
        state.withLock { state in
            let commands = state.commands
            state.commands.removeAll(keepingCapacity: true)
            return (commands, state.isClosed)
        }
    }

    /// Forgets the multi handle; from now on it may be destroyed.
    func retire() {
        state.withLock { state in
            state.isClosed = true
            state.multi = nil
        }
    }
}
