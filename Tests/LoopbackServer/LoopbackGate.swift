import Synchronization

/// A gate at which callers wait until it is opened. It stays open.
public final class LoopbackGate: Sendable {
    private struct State {
        var isOpen = false
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Creates a closed gate.
    public init() {}

    /// Whether the gate is open.
    public var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Opens the gate for current and later callers.
    public func open() {
        let actions = state.withLock { state in
            state.isOpen = true
            defer { state.actions = [] }
            return state.actions
        }
        for action in actions { action() }
    }

    /// Waits until the gate is open or the task is cancelled.
    public func wait() async {
        let (stream, waiter) = AsyncStream.makeStream(of: Never.self)
        whenOpen { waiter.finish() }
        for await _ in stream {}
    }

    /// Runs an action when the gate is opened, or immediately if it is open.
    func whenOpen(_ action: @escaping @Sendable () -> Void) {
        let isOpen = state.withLock { state in
            if !state.isOpen { state.actions.append(action) }
            return state.isOpen
        }
        if isOpen { action() }
    }
}
