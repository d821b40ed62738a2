internal import Synchronization

/// Calls hooks one after the other, beside the requests that caused the calls, and keeps what came of them.
final class HookQueue: Sendable {
    private struct State {
        var pending: [HookDelivery] = []
        var done: [HookDelivery] = []
        var task: Task<Void, Never>?
        var isStopped = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// How many calls are kept.
    private static let capacity = 10_000

    private let state = Mutex(State())
    private let sender = HookSender()

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

    /// Calls a hook now, for a request that waits for the answer.
    func call(_ delivery: HookDelivery) async -> HookDelivery {
        let result = await sender.send(delivery)
        state.withLock { Self.keep(result, &$0) }
        return result
    }

    /// The calls so far, after those in the queue are made.
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

    /// The calls so far, the latest last; those in the queue have no outcome yet.
    var known: [HookDelivery] { state.withLock { $0.done + $0.pending } }

    /// Forgets the calls so far, and those in the queue.
    func removeAll() {
        state.withLock {
            $0.done = []
            $0.pending = []
        }
    }

    /// Ends all calls, and waits for the one in progress.
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

    /// The next call; nil when there is none, and then those who wait go on.
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
