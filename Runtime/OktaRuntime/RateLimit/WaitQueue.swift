/// The calls that wait for one bucket, in ticket order.
struct WaitQueue: Sendable {
    private var waiters: [Waiter] = []
    private var head = 0
    private var deadlines = DeadlineHeap()

    /// Whether the queue is empty; calls that have given up are removed when they reach the front.
    var isEmpty: Bool { head == waiters.count }

    /// The next call.
    var first: Waiter? { isEmpty ? nil : waiters[head] }

    /// Inserts a call: at the end, or, for a retry, ahead of the calls that came after its first attempt.
    mutating func insert(_ waiter: Waiter) {
        deadlines.insert(waiter)
        guard let last = waiters.last, !isEmpty, last.ticket > waiter.ticket else {
            waiters.append(waiter)
            return
        }
        // Tickets ascend along the queue, and those of retries belong near the front.
        let place = waiters[head...].firstIndex { $0.ticket > waiter.ticket } ?? waiters.endIndex
        waiters.insert(waiter, at: place)
    }

    mutating func removeFirst() {
        head += 1
        // Every call that has left the queue is decided.
        if isEmpty { deadlines = DeadlineHeap() }
        // Only occasionally, so that removal has constant amortised cost.
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

    /// The earliest deadline of the waiting calls.
    mutating func earliestDeadline() -> Duration? {
        deadlines.earliest()
    }

    /// Ends the wait of calls whose deadline has passed.
    mutating func expire(_ now: Duration) {
        for waiter in deadlines.removeExpired(at: now) { waiter.decide(.tooLate(wait: nil)) }
    }

    /// Refuses the calls whose deadline is before the moment until which none can go.
    ///
    /// - Returns: Whether there were any.
    mutating func failUnreachable(until moment: Duration, now: Duration) -> Bool {
        let futile = deadlines.removeAll(before: moment)
        for waiter in futile { waiter.decide(.tooLate(wait: moment - now)) }
        return !futile.isEmpty
    }
}
