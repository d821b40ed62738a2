import Synchronization

/// The calls that wait for one bucket, in ticket order.
struct WaitQueue: Sendable {
    private var waiters: [Waiter] = []
    private var head = 0
    private var deadlines = DeadlineHeap()
    /// The number of calls of every lane except the program's own.
    private var lanes: [Lane: Int] = [:]

    /// Whether the queue is empty. Abandoned calls are removed only when they reach the front.
    var isEmpty: Bool { head == waiters.count }

    /// The next call.
    var first: Waiter? { isEmpty ? nil : waiters[head] }

    /// Inserts a call behind those with the same or a lower ticket.
    mutating func insert(_ waiter: Waiter) {
        deadlines.insert(waiter)
        if waiter.ticket.lane != .own { lanes[waiter.ticket.lane, default: 0] += 1 }
        guard let last = waiters.last, !isEmpty, last.ticket > waiter.ticket else {
            waiters.append(waiter)
            return
        }
        waiters.insert(waiter, at: place { $0 > waiter.ticket })
    }

    /// The number of waiting interactive calls, which may include abandoned ones.
    var interactiveCount: Int { place { $0.priority == .bulk } - head }

    /// The number of waiting calls, which may include abandoned ones.
    var count: Int { waiters.count - head }

    /// Returns the index of the first ticket that satisfies a predicate, by binary search. The predicate must hold for
    /// all tickets behind it too.
    private func place(where isBehind: (Ticket) -> Bool) -> Int {
        var low = head
        var high = waiters.count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(waiters[middle].ticket) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Returns whether calls of a lane wait. Abandoned calls may count.
    func hasCalls(of lane: Lane) -> Bool { lanes[lane] != nil }

    mutating func removeFirst() {
        let lane = waiters[head].ticket.lane
        if lane != .own, let count = lanes[lane] { lanes[lane] = count > 1 ? count - 1 : nil }
        head += 1
        // All calls in the heap have left the queue and are decided.
        if isEmpty { deadlines = DeadlineHeap() }
        // The array is compacted occasionally, so that removal takes amortized constant time.
        if head == waiters.count || head >= 512 && head * 2 > waiters.count {
            waiters.removeFirst(head)
            head = 0
        }
    }

    /// Removes calls at the front that no longer wait.
    mutating func dropDecided() {
        while let first, first.isDecided { removeFirst() }
    }

    // MARK: Deadlines

    /// Returns the earliest deadline of the waiting calls.
    mutating func earliestDeadline() -> Duration? {
        deadlines.earliest()
    }

    /// Ends the wait of calls whose deadline has passed.
    mutating func expire(_ now: Duration) {
        for waiter in deadlines.removeExpired(at: now) { waiter.decide(.tooLate(wait: nil)) }
    }

    /// Refuses the calls whose deadline is before the time at which the next call can be sent.
    ///
    /// - Returns: Whether any calls were refused.
    mutating func failUnreachable(until moment: Duration, now: Duration) -> Bool {
        let futile = deadlines.removeAll(before: moment)
        for waiter in futile { waiter.decide(.tooLate(wait: moment - now)) }
        return !futile.isEmpty
    }
}

/// A call that waits for its turn. It gets exactly one decision: admitted, cancelled or too late.
final class Waiter: Sendable {
    enum Decision: Sendable {
        case admitted(Permit)
        case cancelled
        /// The call cannot be sent before its deadline; with the necessary wait if it is known.
        case tooLate(wait: Duration?)
    }

    private enum Phase {
        case undecided
        /// An unsafe continuation, which is smaller than a checked one. It is resumed once, because there is one
        /// decision.
        case suspended(UnsafeContinuation<Void, Never>)
        case decided(Decision)
    }

    /// The queue position.
    let ticket: Ticket
    let deadline: Duration?
    private let phase = Mutex(Phase.undecided)

    init(ticket: Ticket, deadline: Duration?) {
        self.ticket = ticket
        self.deadline = deadline
    }

    var isDecided: Bool {
        phase.withLock { if case .decided = $0 { true } else { false } }
    }

    /// The decision; `nil` until it is made.
    var decision: Decision? {
        phase.withLock { if case .decided(let decision) = $0 { decision } else { nil } }
    }

    /// Makes the decision, unless one has already been made.
    ///
    /// - Returns: Whether this decision took effect.
    @discardableResult
    func decide(_ decision: Decision) -> Bool {
        let (holds, continuation) = phase.withLock { phase -> (Bool, UnsafeContinuation<Void, Never>?) in
            switch phase {
            case .decided:
                return (false, nil)
            case .undecided:
                phase = .decided(decision)
                return (true, nil)
            case .suspended(let continuation):
                phase = .decided(decision)
                return (true, continuation)
            }
        }
        continuation?.resume()
        return holds
    }

    /// Resumes a continuation when the decision is made. Must be called at most once.
    func suspend(_ continuation: UnsafeContinuation<Void, Never>) {
        let isDecided = phase.withLock { phase in
            if case .decided = phase { return true }
            phase = .suspended(continuation)
            return false
        }
        if isDecided { continuation.resume() }
    }
}

/// The permission to have one call in flight. It is released with the result of the call.
struct Permit: Sendable {
    /// The bucket's index in the limiter.
    let bucket: Int
    /// The queue position, kept for retries of the same call.
    let ticket: Ticket
    /// The time at which the call was admitted.
    let departed: Duration
    /// Whether it uses a permit that a store granted.
    var isLeased = false
}
