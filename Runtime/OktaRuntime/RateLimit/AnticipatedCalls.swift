/// The calls of a bucket that are expected: anticipatory scheduling, so that a client which is between two calls gets its
/// part of a limit.
///
/// A client that sends its next call when it has the last response is hardly ever among those that wait. Where permits
/// come in bursts, as they do when a window begins, turns among waiting calls alone would leave nearly all of them to a
/// client with many calls at once. A lane that is ahead of another one therefore waits a moment for that one's next call,
/// in a bucket whose limit was used up lately.
///
/// The program's own lane takes no part: with no other lane, nothing waits.
struct AnticipatedCalls: Sendable {
    /// What a lane did in the present window.
    private struct Use: Sendable {
        /// The calls that were sent, or as many as others had sent when the lane came back.
        var calls = 0
        var inFlight = 0
        /// When its last call was sent, or its last response arrived.
        var lastChange: Duration?
        var priority = CallPriority.interactive

        /// Until when its next call is expected.
        var end: Duration {
            guard let lastChange else { return .zero }
            return lastChange + (inFlight > 0 ? AnticipatedCalls.longestCall : AnticipatedCalls.patience)
        }
    }

    /// Whether there is only one lane, or none.
    var isAlone: Bool { uses.count < 2 }

    private var uses: [Lane: Use] = [:]
    /// When calls last had to wait for the next window.
    private var shortage: Duration?

    /// Records that calls have to wait until a moment, because the limit is used up.
    mutating func noteShortage(until end: Duration, _ now: Duration) {
        if end - now > Self.patience { shortage = now }
    }

    /// Records that a call has arrived. A lane that was away does not make up for what others used meanwhile.
    ///
    /// - Parameter isWaiting: Whether a lane has calls in the queue.
    mutating func arrive(_ ticket: Ticket, isWaiting: (Lane) -> Bool, _ now: Duration) {
        guard uses[ticket.lane] != nil || uses.count < Self.mostLanes else { return }
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

    /// Forgets what was used in the last window, and the lanes that were idle in it.
    ///
    /// - Parameter isWaiting: Whether a lane has calls in the queue.
    mutating func beginWindow(isWaiting: (Lane) -> Bool) {
        guard !uses.isEmpty else { return }
        uses = uses.filter { $0.value.calls > 0 || $0.value.inFlight > 0 || isWaiting($0.key) }
        for lane in uses.keys { uses[lane]?.calls = 0 }
    }

    /// Until when a call waits for those of other lanes that are behind its own; nil when it need not wait.
    ///
    /// - Parameter isWaiting: Whether a lane has calls in the queue, whose order decides then.
    func end(before ticket: Ticket, isWaiting: (Lane) -> Bool, _ now: Duration) -> Duration? {
        guard let shortage, now - shortage < Self.memory, let own = uses[ticket.lane] else { return nil }
        var latest: Duration?
        for (lane, use) in uses where use.calls < own.calls && use.end > now && use.priority == ticket.priority {
            guard lane != ticket.lane, !isWaiting(lane) else { continue }
            latest = max(use.end, latest ?? use.end)
        }
        return latest
    }

    /// How long a lane's next call is expected after a response.
    private static let patience = Duration.milliseconds(250)
    /// How long a response is expected, and a further call after it.
    private static let longestCall = Duration.seconds(1)
    /// A shortage is remembered for two windows.
    private static let memory = Duration.seconds(120)
    /// Further lanes are not waited for.
    private static let mostLanes = 64
}

extension RateBucket {
    /// Records that a call has arrived, before it joins the queue.
    mutating func noteArrival(_ ticket: Ticket, _ now: Duration) {
        guard ticket.lane != .own else { return }
        anticipated.arrive(ticket, isWaiting: queue.hasCalls, now)
    }

    /// Until when the turn of another lane is kept; nil when a call may go.
    ///
    /// - Parameters:
    ///   - ticket: The next call.
    ///   - deadline: That call's deadline, before which no turn is kept.
    func keptTurn(before ticket: Ticket, deadline: Duration?, now: Duration) -> Duration? {
        guard !anticipated.isAlone else { return nil }
        // In the second half of a window, there may not be the time to use all that is left.
        if let end, end - now < .seconds(30) { return nil }
        guard let kept = anticipated.end(before: ticket, isWaiting: queue.hasCalls, now) else { return nil }
        if let deadline, deadline <= kept { return nil }
        return kept
    }
}
