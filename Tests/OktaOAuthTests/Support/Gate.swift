import Synchronization

/// A gate at which callers wait while it is closed.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var arrivals = 0
        var nextID = 0
        var held: [Int: CheckedContinuation<Bool, Never>] = [:]
        var watchers: [(count: Int, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    init(isOpen: Bool = false) {
        state.withLock { $0.isOpen = isOpen }
    }

    /// Waits for the gate. Returns `false` if the task was cancelled meanwhile.
    func pass() async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (result, reached) = state.withLock { state in
                    state.arrivals += 1
                    let arrivals = state.arrivals
                    let reached = state.watchers.filter { $0.count <= arrivals }
                    state.watchers.removeAll { $0.count <= arrivals }
                    if Task.isCancelled { return (Bool?.some(false), reached) }
                    if state.isOpen { return (true, reached) }
                    state.held[id] = continuation
                    return (nil, reached)
                }
                for watcher in reached { watcher.1.resume() }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            state.withLock { $0.held.removeValue(forKey: id) }?.resume(returning: false)
        }
    }

    /// Waits until this many callers have arrived in total.
    func arrivals(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.arrivals >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    func close() { state.withLock { $0.isOpen = false } }

    func open() {
        let held = state.withLock { state in
            state.isOpen = true
            let held = state.held
            state.held = [:]
            return held
        }
        for continuation in held.values { continuation.resume(returning: true) }
    }
}
