/// The expected calls of a bucket (anticipatory scheduling), so that a lane with sequential calls gets its share of a
/// limit.
///
/// A lane that sends its next call after the response to the last one rarely has a call in the queue. When a window
/// begins, many permits become available at once. With turns among waiting calls only, a lane with many concurrent
/// calls would take nearly all of them. If the limit of a bucket was recently used up, a lane that is ahead of another
/// one therefore waits briefly for the other lane's next call.
///
/// The program's own lane does not take part: without other lanes, no call waits for another.
struct AnticipatedCalls: Sendable {
    /// The calls of a lane in the current window.
    private struct Use: Sendable {
        /// The number of calls sent, or the lowest number of another lane when this lane came back, if that is higher.
        var calls = 0
        var inFlight = 0
        /// The time at which the last call was sent or the last response arrived.
        var lastChange: Duration?
        var priority = CallPriority.interactive

        /// The time until which the next call is expected.
        var end: Duration {
            guard let lastChange else { return .zero }
            return lastChange + (inFlight > 0 ? AnticipatedCalls.maximumCallDuration : AnticipatedCalls.patience)
        }
    }

    /// Whether there is at most one lane.
    var isAlone: Bool { uses.count < 2 }

    private var uses: [Lane: Use] = [:]
    /// The time at which calls last had to wait for the next window.
    private var shortage: Duration?

    /// Records that calls have to wait until `end`, because the limit is used up.
    mutating func noteShortage(until end: Duration, _ now: Duration) {
        if end - now > Self.patience { shortage = now }
    }

    /// Records that a call has arrived. A lane that was idle does not catch up on the calls that others made meanwhile.
    ///
    /// - Parameter isWaiting: Whether a lane has calls in the queue.
    mutating func arrive(_ ticket: Ticket, isWaiting: (Lane) -> Bool, _ now: Duration) {
        guard uses[ticket.lane] != nil || uses.count < Self.maximumLanes else { return }
        func isPresent(_ lane: Lane, _ use: Use) -> Bool { use.inFlight > 0 || use.end > now || isWaiting(lane) }
        var use = uses[ticket.lane] ?? Use()
        var least: Int?
        if !isPresent(ticket.lane, use) {
            for (lane, other) in uses where isPresent(lane, other) { least = min(other.calls, least ?? other.calls) }
            use.calls = max(use.calls, least ?? 0)
        }
        use.priority = ticket.priority
        uses[ticket.lane] = use
    }

    /// Records that a call is sent.
    mutating func begin(_ lane: Lane, _ now: Duration) {
        guard lane != .own, var use = uses[lane] else { return }
        use.calls += 1
        use.inFlight += 1
        use.lastChange = now
        uses[lane] = use
    }

    /// Records that a call has ended.
    mutating func end(_ lane: Lane, _ now: Duration) {
        guard lane != .own, let use = uses[lane], use.inFlight > 0 else { return }
        uses[lane]?.inFlight = use.inFlight - 1
        uses[lane]?.lastChange = now
    }

    /// Resets the numbers of calls, and removes lanes that were idle in the last window.
    ///
    /// - Parameter isWaiting: Whether a lane has calls in the queue.
    mutating func beginWindow(isWaiting: (Lane) -> Bool) {
        guard !uses.isEmpty else { return }
        uses = uses.filter { $0.value.calls > 0 || $0.value.inFlight > 0 || isWaiting($0.key) }
        for lane in uses.keys { uses[lane]?.calls = 0 }
    }

    /// Returns the time until which a call waits for expected calls of lanes that are behind its own; `nil` if it need
    /// not wait.
    ///
    /// - Parameter isWaiting: Whether a lane has calls in the queue. The order of the queue decides between such lanes.
    func end(before ticket: Ticket, isWaiting: (Lane) -> Bool, _ now: Duration) -> Duration? {
        guard let shortage, now - shortage < Self.memory, let own = uses[ticket.lane] else { return nil }
        var latest: Duration?
        for (lane, use) in uses where use.calls < own.calls && use.end > now && use.priority == ticket.priority {
            guard lane != ticket.lane, !isWaiting(lane) else { continue }
            latest = max(use.end, latest ?? use.end)
        }
        return latest
    }

    /// The time after a response in which a lane's next call is expected.
    private static let patience = Duration.milliseconds(250)
    /// The time after sending a call in which its response and a further call are expected.
    private static let maximumCallDuration = Duration.seconds(1)
    /// The time for which a shortage is remembered: two windows.
    private static let memory = Duration.seconds(120)
    /// The maximum number of lanes. Calls do not wait for further ones.
    private static let maximumLanes = 64
}

extension RateBucket {
    /// Records that a call has arrived, before it joins the queue.
    mutating func noteArrival(_ ticket: Ticket, _ now: Duration) {
        guard ticket.lane != .own else { return }
        anticipated.arrive(ticket, isWaiting: queue.hasCalls, now)
    }

    /// Returns the time until which a call waits for another lane's expected call; `nil` if it may be sent.
    ///
    /// It is `mutating` because every call asks for it, and a bucket in an array would otherwise be copied first.
    ///
    /// - Parameters:
    ///   - ticket: The next call.
    ///   - deadline: The deadline of the next call. It does not wait if the wait would end after the deadline.
    mutating func keptTurn(before ticket: Ticket, deadline: Duration?, now: Duration) -> Duration? {
        guard !anticipated.isAlone else { return nil }
        // In the second half of a window, waiting could leave too little time to use all remaining calls.
        if let end, end - now < .seconds(30) { return nil }
        guard let kept = anticipated.end(before: ticket, isWaiting: queue.hasCalls, now) else { return nil }
        if let deadline, deadline <= kept { return nil }
        return kept
    }
}
