/// The known limit of one method and path template, and the calls that are in flight or wait for it.
struct RateBucket: Sendable {
    /// Why a call may not be sent now.
    enum Obstacle: Sendable, Hashable {
        /// Too many calls are in flight for what is known; the next response brings news.
        case responsesDue
        /// The window's share is used up until this moment of the time source.
        case until(Duration)
        /// The store has to grant a permit first.
        case permit
        /// Another lane's turn is kept until this moment.
        case turn(Duration)
    }

    let key: RateLimitKey
    var queue = WaitQueue()
    /// The turns of the calls in the queue.
    var order = TurnOrder()
    /// The number of the call that was admitted last.
    var lastAdmission: UInt64 = 0
    private(set) var inFlight = 0
    /// When the last response arrived.
    private(set) var lastResponse: Duration

    /// The newest stated limit; its `remaining` is the lowest that was stated for the window.
    private(set) var window: RateLimit?

    /// The stated limit of the present window; nil when it has ended.
    var presentWindow: RateLimit? { end == nil ? nil : window }

    /// When the window ends; `nil` when it has ended and only the limit of the next window is known.
    private(set) var end: Duration?
    /// When the last window ended.
    private var lastEnd = Duration.zero
    /// The maximum number of calls in flight: low at first, and raised by one with each response, so that outdated
    /// information does little harm.
    private var allowance: Int
    private let initialAllowance: Int
    /// Whether the end was set later than stated, because the stated end has passed.
    private var hasDeferredReset = false
    /// Until when a response asked the client to send nothing; nil when none did.
    private var holdEnd: Duration?
    /// The permits from a store; nil without one.
    var lease: BucketLease?
    /// What is expected of other lanes.
    var anticipated = AnticipatedCalls()

    init(key: RateLimitKey, initialAllowance: Int, now: Duration) {
        self.key = key
        self.initialAllowance = initialAllowance
        allowance = initialAllowance
        lastResponse = now
    }

    /// The obstacle to sending a call now; `nil` when there is none.
    mutating func obstacle(policy: RateLimitPolicy, now: Duration) -> Obstacle? {
        rollWindow(now)
        if let holdEnd {
            guard now >= holdEnd else { return .until(holdEnd) }
            self.holdEnd = nil
            allowance = initialAllowance
        }
        if inFlight == 0, now - lastResponse > Self.freshness { allowance = min(allowance, initialAllowance) }
        guard let window else { return inFlight >= allowance ? .responsesDue : nil }
        let left = window.remaining - policy.reservedCalls(of: window.limit)
        if inFlight >= left {
            if let end { return .until(end) }
            if inFlight > 0 { return .responsesDue }
        }
        // Others, such as another action of this client, may use the same limit. Towards the end of the window, not all
        // of the remaining calls are risked before the next response.
        return inFlight >= min(allowance, max(initialAllowance, left / 2)) ? .responsesDue : nil
    }

    /// What a store has against sending a call now; nil when there is nothing.
    ///
    /// - Parameters:
    ///   - priority: The class of the next call.
    ///   - isReachable: Whether the store can be asked. Otherwise the client uses its part of the limit.
    func leaseObstacle(
        _ policy: RateLimitPolicy, _ priority: CallPriority, isReachable: Bool, shareWithoutStore: Double,
        now: Duration
    ) -> Obstacle? {
        guard let lease, !lease.hasPermit(now) else { return nil }
        if isReachable { return lease.wait(priority, now).map(Obstacle.until) ?? .permit }
        guard let window else { return nil }
        let share = lease.share ?? shareWithoutStore
        let reserved = policy.reservedCalls(of: window.limit)
        let part = max(1, Int(Double(window.limit - reserved) * share))
        // Of what is left it sends no more than its part at a time either: others may have used more than theirs before.
        let most = max(lease.spent == 0 ? 1 : 0, Int(Double(window.remaining - reserved) * share))
        // What it sent with permits is of its part too. It would use that twice in the window in which the store is lost.
        let isOver = lease.spent >= part || lease.aside == 0
        guard isOver || inFlight >= most else { return nil }
        if inFlight > 0, !isOver || end == nil { return .responsesDue }
        return end.map(Obstacle.until)
    }

    /// Whether the bucket has no calls and no news since a moment.
    func isIdle(since moment: Duration) -> Bool {
        inFlight == 0 && queue.isEmpty && lastResponse < moment
    }

    /// Records that a call is sent.
    ///
    /// - Returns: Whether it has a permit of the store.
    @discardableResult
    mutating func begin(_ now: Duration) -> Bool {
        inFlight += 1
        guard let lease else { return false }
        let isLeased = lease.hasPermit(now)
        if isLeased { self.lease?.spend() } else { self.lease?.spendAlone() }
        return isLeased
    }

    /// Sends nothing until a moment, because a response asked for it.
    mutating func hold(until moment: Duration) {
        holdEnd = max(moment, holdEnd ?? moment)
    }

    /// Takes back a call whose response states no limit.
    ///
    /// - Parameters:
    ///   - isCounted: Whether the org may have counted the call.
    ///   - isLeased: Whether the call had a permit of the store.
    ///   - responded: When the response arrived; nil for a call without one.
    ///   - now: The present moment.
    mutating func release(isCounted: Bool, isLeased: Bool = false, responded: Duration? = nil, now: Duration) {
        inFlight -= 1
        if let responded { lastResponse = responded }
        guard isCounted else {
            lease?.takeBack(isLeased: isLeased, now)
            return
        }
        lease?.noteUnstated()
        allowance += 1
        if let window { self.window?.remaining = max(0, window.remaining - 1) }
    }

    /// Takes back a call with the limit that its response states.
    ///
    /// - Parameters:
    ///   - stated: The limit.
    ///   - statedEnd: When the window ends, by the time source.
    ///   - departed: When the call was sent.
    mutating func release(with stated: RateLimit, end statedEnd: Duration, departed: Duration, now: Duration) {
        inFlight -= 1
        lastResponse = now
        allowance += 1
        lease?.noteStated(departed: departed)
        rollWindow(now)
        guard let known = window else { return adopt(stated, end: statedEnd, now) }
        if end == nil {
            // A call sent before the window's end may still report that window. A call sent since then reports the
            // present one, even if it looks the same, because the clocks differ slightly.
            if departed >= lastEnd || stated.reset > known.reset { adopt(stated, end: statedEnd, now) }
        } else if stated.reset == known.reset {
            window?.limit = stated.limit
            window?.remaining = min(known.remaining, stated.remaining)
            if !hasDeferredReset { end = statedEnd }
        } else if stated.reset > known.reset || statedEnd > now && stated.remaining < known.remaining {
            // The next window, or one that ends earlier: a different, tighter limit.
            adopt(stated, end: statedEnd, now)
        }
    }

    /// Records that the org refuses calls until the window's end, unless that is the end of a past window.
    ///
    /// - Parameters:
    ///   - stated: The limit that the refusal states; nil when it states none.
    ///   - now: The present moment.
    mutating func markExhausted(with stated: RateLimit?, now: Duration) {
        if let stated, isPast(stated) { return }
        lease?.noteExhausted()
        allowance = initialAllowance
        guard window != nil else { return }
        window?.remaining = 0
        delay(from: end ?? now, now)
    }

    /// Takes over what a store knows: of the present window, or of one where none is known.
    ///
    /// So that it is not lost with the store: the client states it again.
    mutating func learn(_ known: RateLimit, end: Duration, now: Duration) {
        guard let window else {
            if end > now { adopt(known, end: end, now) }
            return
        }
        guard self.end != nil, window.reset == known.reset, known.remaining < window.remaining else { return }
        self.window?.remaining = max(0, known.remaining)
    }

    /// Sets the window's end to a corrected moment.
    mutating func correct(end corrected: Duration) {
        guard let end, corrected < end, !hasDeferredReset else { return }
        self.end = corrected
    }

    /// Whether a stated limit belongs to a window before the present one.
    private func isPast(_ stated: RateLimit) -> Bool {
        guard let window else { return false }
        // A limit stated for the present window sets its end.
        return end == nil || stated.reset < window.reset
    }

    private mutating func adopt(_ stated: RateLimit, end statedEnd: Duration, _ now: Duration) {
        let isEarly = end != nil && stated.reset > window?.reset ?? stated.reset
        window = stated
        hasDeferredReset = false
        end = statedEnd
        // The org has begun the window before the clock shows it. The calls in flight may count in it.
        if isEarly { beginWindow(inFlight: inFlight + 1) }
        if statedEnd <= now { delay(from: statedEnd, now) }
    }

    private mutating func delay(from moment: Duration, _ now: Duration) {
        // A deferred end is not corrected back to the stated one, but need not be deferred again.
        if moment < now + Self.leastWait { hasDeferredReset = true }
        end = max(moment, now + Self.leastWait)
    }

    private mutating func rollWindow(_ now: Duration) {
        guard let end, now >= end, let limit = window?.limit else { return }
        self.end = nil
        lastEnd = end
        hasDeferredReset = false
        window?.remaining = limit
        allowance = initialAllowance
        beginWindow(inFlight: inFlight)
    }

    private mutating func beginWindow(inFlight: Int) {
        lease?.beginWindow(inFlight: inFlight)
        anticipated.beginWindow(isWaiting: queue.hasCalls)
    }

    /// Older information is not relied on, because others may have used the limit since.
    private static let freshness = Duration.seconds(1)

    /// The wait when a stated end has already passed.
    private static let leastWait = Duration.seconds(1)
}
