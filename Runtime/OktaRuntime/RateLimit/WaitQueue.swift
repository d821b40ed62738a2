/// The calls that wait for one bucket, in order of their tickets.
struct WaitQueue: Sendable {
    private var waiters: [Waiter] = []
    private var head = 0
    private var deadlines = DeadlineHeap()

    /// Whether nobody waits; those that have given up are forgotten as they come to the front.
    var isEmpty: Bool { head == waiters.count }

    /// The one whose turn is next.
    var first: Waiter? { isEmpty ? nil : waiters[head] }

    /// Adds a call: at the end, or for a further attempt of an earlier call before those that came after it.
    mutating func insert(_ waiter: Waiter) {
        deadlines.insert(waiter)
        guard let last = waiters.last, !isEmpty, last.ticket > waiter.ticket else {
            waiters.append(waiter)
            return
        }
        // Tickets rise along the line, and those of further attempts belong near its front.
        let place = waiters[head...].firstIndex { $0.ticket > waiter.ticket } ?? waiters.endIndex
        waiters.insert(waiter, at: place)
    }

    mutating func removeFirst() {
        head += 1
        // Whoever has left the line is decided.
        if isEmpty { deadlines = DeadlineHeap() }
        // Now and then, so that each removal costs the same on average.
        if head == waiters.count || head >= 512 && head * 2 > waiters.count {
            waiters.removeFirst(head)
            head = 0
        }
    }

    /// Forgets those at the front that no longer wait.
    mutating func dropDecided() {
        while let first, first.isDecided { removeFirst() }
    }

    // MARK: Deadlines

    /// The earliest deadline of those that wait.
    mutating func earliestDeadline() -> Duration? {
        deadlines.earliest()
    }

    /// Tells those whose deadline has passed.
    mutating func expire(_ now: Duration) {
        for waiter in deadlines.removeExpired(at: now) { waiter.decide(.tooLate(wait: nil)) }
    }

    /// Refuses those whose deadline is before the moment until which nobody can go.
    ///
    /// - Returns: Whether there were any.
    mutating func failUnreachable(until moment: Duration, now: Duration) -> Bool {
        let futile = deadlines.removeAll(before: moment)
        for waiter in futile { waiter.decide(.tooLate(wait: moment - now)) }
        return !futile.isEmpty
    }
}
