internal import Synchronization

/// Calls hooks in order, concurrently with the requests that caused the calls, and keeps the results.
final class HookQueue: Sendable {
    private struct State {
        var pending: [HookDelivery] = []
        var done: [HookDelivery] = []
        var task: Task<Void, Never>?
        var isStopped = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// The maximum number of calls that are kept.
    private static let capacity = 10_000

    private let state = Mutex(State())
    private let sender: HookSender

    /// Creates an empty queue.
    /// - Parameter timeout: The time limit for a response, for each attempt.
    init(timeout: Duration) { sender = HookSender(timeout: timeout) }

    /// Adds calls to the end of the queue.
    func add(_ deliveries: [HookDelivery]) {
        guard !deliveries.isEmpty else { return }
        state.withLock { state in
            guard !state.isStopped else { return }
            state.pending += deliveries
            guard state.task == nil else { return }
            state.task = Task { await drain() }
        }
    }

    /// Calls a hook immediately, for a request that needs the response.
    func call(_ delivery: HookDelivery) async -> HookDelivery {
        let result = await sender.send(delivery)
        state.withLock { Self.keep(result, &$0) }
        return result
    }

    /// Returns all calls after the queued ones have completed.
    func deliveries() async -> [HookDelivery] {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isIdle = state.withLock { state in
                if state.task != nil { state.waiters.append(continuation) }
                return state.task == nil
            }
            if isIdle { continuation.resume() }
        }
        return state.withLock { $0.done }
    }

    /// All calls, newest last. Queued ones have no result yet.
    var known: [HookDelivery] { state.withLock { $0.done + $0.pending } }

    /// Removes all calls, including queued ones.
    func removeAll() {
        state.withLock {
            $0.done = []
            $0.pending = []
        }
    }

    /// Cancels queued calls, and waits for the current one.
    func stop() async {
        let task = state.withLock { state in
            state.isStopped = true
            state.pending = []
            state.task?.cancel()
            return state.task
        }
        await task?.value
        sender.shutdown()
    }

    private func drain() async {
        while let next = next() {
            let result = await sender.send(next)
            state.withLock { Self.keep(result, &$0) }
        }
    }

    /// Returns the next call; nil if the queue is empty, after resuming the waiting tasks.
    private func next() -> HookDelivery? {
        let (next, waiters) = state.withLock { state in
            guard state.pending.isEmpty else {
                return (Optional(state.pending.removeFirst()), [CheckedContinuation<Void, Never>]())
            }
            state.task = nil
            defer { state.waiters = [] }
            return (nil, state.waiters)
        }
        for waiter in waiters { waiter.resume() }
        return next
    }

    private static func keep(_ delivery: HookDelivery, _ state: inout State) {
        if state.done.count >= capacity { state.done.removeFirst(capacity / 10) }
        state.done.append(delivery)
    }
}
