import Foundation
import Synchronization

/// The threads of a server. They do not belong to Swift's concurrency, which has as many threads as the machine has
/// cores: while tests calculate on all of them, a server that needed one could not respond.
final class ServerThreads: Sendable {
    private struct State {
        var isStopping = false
        var running = 0
        var lastNumber = 0
        var interrupts: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())
    private let ended = LoopbackGate()

    /// Runs a body on a new thread, unless the server stops.
    ///
    /// - Parameters:
    ///   - interrupt: Makes the body return soon from any wait. Called at most once, and never after the body.
    ///   - cleanUp: Runs after the body, when `interrupt` can no longer be called, or immediately if the body does not
    ///     run.
    ///   - body: The work of the thread.
    func start(
        interrupt: @escaping @Sendable () -> Void,
        cleanUp: @escaping @Sendable () -> Void,
        _ body: @escaping @Sendable () -> Void
    ) {
        let number = state.withLock { state -> Int? in
            guard !state.isStopping else { return nil }
            state.running += 1
            state.lastNumber += 1
            state.interrupts[state.lastNumber] = interrupt
            return state.lastNumber
        }
        guard let number else { return cleanUp() }
        let thread = Thread {
            body()
            self.state.withLock { $0.interrupts[number] = nil }
            cleanUp()
            self.leave()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    private func leave() {
        let isLast = state.withLock { state in
            state.running -= 1
            return state.isStopping && state.running == 0
        }
        if isLast { ended.open() }
    }

    /// Interrupts all threads, and returns when the last one has ended.
    func stop() async {
        let isIdle = state.withLock { state in
            if !state.isStopping { for interrupt in state.interrupts.values { interrupt() } }
            state.isStopping = true
            return state.running == 0
        }
        if isIdle { ended.open() }
        await ended.wait()
    }
}
