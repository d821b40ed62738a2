/// The known limit of one method and path template, with its calls in flight and its queue.
struct RateBucket: Sendable {
    /// The reason that a call may not be sent now.
    enum Obstacle: Sendable, Hashable {
        /// Too many calls are in flight for the known limit. The next response updates it.
        case responsesDue
        /// The client's part of the window is used up until this time of the time source.
        case until(Duration)
        /// The call needs a permit from the store.
        case permit
        /// The call waits for an expected call of another lane until this time.
        case turn(Duration)
    }

    let key: RateLimitKey
    var queue = WaitQueue()
    /// The turns of the calls in the queue.
    var order = TurnOrder()
    /// The sequence number of the last admitted call.
    var lastAdmission: UInt64 = 0
    private(set) var inFlight = 0
    /// The time at which the last response arrived.
    private(set) var lastResponse: Duration

    /// The newest stated limit. Its `remaining` is the lowest number stated for the window.
    private(set) var window: RateLimit?

    /// The stated limit of the current window; `nil` after its end.
    var presentWindow: RateLimit? { end == nil ? nil : window }

    /// The end of the window; `nil` after the end, when only the limit of the next window is known.
    private(set) var end: Duration?
    /// The end of the previous window.
    private var lastEnd = Duration.zero
    /// The maximum number of calls in flight: low at first, and raised by one with each response, so that outdated
    /// information does little harm.
    private var allowance: Int
    private let initialAllowance: Int
    /// Whether the end was set later than stated, because the stated end had passed.
    private var hasDeferredReset = false
    /// The time until which a response asked the client to send no calls; otherwise `nil`.
    private var holdEnd: Duration?
    /// The permits from a store; `nil` without one.
    var lease: BucketLease?
    /// The expected calls of lanes.
    var anticipated = AnticipatedCalls()

    init(key: RateLimitKey, initialAllowance: Int, now: Duration) {
        self.key = key
        self.initialAllowance = initialAllowance
        allowance = initialAllowance
        lastResponse = now
    }

    /// Returns the obstacle to sending a call now; `nil` if there is none.
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
        // Other programs or actions may use the same limit. When few calls remain, the client therefore sends at most
        // half of them before the next response.
        return inFlight >= min(allowance, max(initialAllowance, left / 2)) ? .responsesDue : nil
    }

    /// Returns the store's obstacle to sending a call now; `nil` if there is none.
    ///
    /// - Parameters:
    ///   - priority: The priority of the next call.
    ///   - isReachable: Whether the store can be asked. If not, the client uses its share of the limit.
    func leaseObstacle(
        _ policy: RateLimitPolicy, _ priority: CallPriority, isReachable: Bool, shareWithoutStore: Double,
        now: Duration
    ) -> Obstacle? {
        guard let lease, !lease.hasPermit(now) else { return nil }
        let question = lease.wait(priority, now).map(Obstacle.until) ?? .permit
        guard isReachable else { return shareObstacle(lease, policy, shareWithoutStore) }
        // Without a share of the lost records, the client waits until the store grants permits again.
        guard lease.pausedSince != nil, lease.mayUseShare, lease.share ?? 0 > 0 else { return question }
        return shareObstacle(lease, policy, shareWithoutStore) == nil ? nil : question
    }

    /// Returns the obstacle to sending a call without a permit; `nil` if the client's share allows it.
    private func shareObstacle(
        _ lease: BucketLease, _ policy: RateLimitPolicy, _ shareWithoutStore: Double
    ) -> Obstacle? {
        // A program that starts without its store does not know what others have used.
        guard let window else { return inFlight > 0 ? .responsesDue : nil }
        let share = lease.share ?? shareWithoutStore
        let reserved = policy.reservedCalls(of: window.limit)
        let whole = Double(SharedBucket.whole)
        let part = max(1, SharedBucket.calls(of: window.limit - reserved, part: Int((share * whole).rounded())))
        // The share also bounds the calls in flight relative to the remaining calls, because others may have used more
        // than their shares.
        let most = max(lease.spent == 0 ? 1 : 0, Int(Double(window.remaining - reserved) * share))
        // Calls sent with permits count towards the share, so that the client does not use it twice in the window in
        // which it loses the store.
        let isOver = lease.spent >= part || lease.aside == 0
        guard isOver || inFlight >= most else { return nil }
        if inFlight > 0, !isOver || end == nil { return .responsesDue }
        return end.map(Obstacle.until)
    }

    /// Returns whether the bucket has no calls and has received no response since a time.
    func isIdle(since moment: Duration) -> Bool {
        inFlight == 0 && queue.isEmpty && lastResponse < moment
    }

    /// Records that a call is sent.
    ///
    /// - Returns: Whether the call has a permit from the store.
    @discardableResult
    mutating func begin(_ now: Duration) -> Bool {
        inFlight += 1
        guard let lease else { return false }
        let isLeased = lease.hasPermit(now)
        if isLeased { self.lease?.spend() } else { self.lease?.spendAlone() }
        return isLeased
    }

    /// Holds back all calls until a time, because a response asked for it.
    mutating func hold(until moment: Duration) {
        holdEnd = max(moment, holdEnd ?? moment)
    }

    /// Releases a call whose response states no limit.
    ///
    /// - Parameters:
    ///   - isCounted: Whether the org may have counted the call.
    ///   - isLeased: Whether the call had a permit from the store.
    ///   - responded: The time at which the response arrived; `nil` for a call without a response.
    ///   - now: The current time.
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

    /// Releases a call whose response states a limit.
    ///
    /// - Parameters:
    ///   - stated: The limit.
    ///   - statedEnd: The end of the window, by the time source.
    ///   - departed: The time at which the call was sent.
    mutating func release(with stated: RateLimit, end statedEnd: Duration, departed: Duration, now: Duration) {
        inFlight -= 1
        lastResponse = now
        allowance += 1
        lease?.noteStated(departed: departed)
        rollWindow(now)
        guard let known = window else { return adopt(stated, end: statedEnd, now) }
        if end == nil {
            // The response to a call sent before the window's end may still state that window. A call sent after it
            // states the current one, even if the limit looks the same, because the clocks differ slightly.
            if departed >= lastEnd || stated.reset > known.reset { adopt(stated, end: statedEnd, now) }
        } else if stated.reset == known.reset {
            window?.limit = stated.limit
            window?.remaining = min(known.remaining, stated.remaining)
            if !hasDeferredReset { end = statedEnd }
        } else if stated.reset > known.reset || statedEnd > now && stated.remaining < known.remaining {
            // The next window, or a tighter limit that ends earlier.
            adopt(stated, end: statedEnd, now)
        }
    }

    /// Records that the org refuses calls until the window's end, unless the refusal belongs to a past window.
    ///
    /// - Parameters:
    ///   - stated: The limit that the refusal states; `nil` if it states none.
    ///   - now: The current time.
    mutating func markExhausted(with stated: RateLimit?, now: Duration) {
        if let stated, isPast(stated) { return }
        lease?.noteExhausted()
        allowance = initialAllowance
        guard window != nil else { return }
        window?.remaining = 0
        delay(from: end ?? now, now)
    }

    /// Applies a limit from the store: a lower remaining number for the current window, or the first known limit.
    ///
    /// The client states the limit again in later exchanges, so that it survives the loss of the store.
    mutating func learn(_ known: RateLimit, end: Duration, now: Duration) {
        guard let window else {
            if end > now { adopt(known, end: end, now) }
            return
        }
        guard self.end != nil, window.reset == known.reset, known.remaining < window.remaining else { return }
        self.window?.remaining = max(0, known.remaining)
    }

    /// Moves the window's end to an earlier, corrected time.
    mutating func correct(end corrected: Duration) {
        guard let end, corrected < end, !hasDeferredReset else { return }
        self.end = corrected
    }

    /// Returns whether a stated limit belongs to a past window.
    private func isPast(_ stated: RateLimit) -> Bool {
        guard let window else { return false }
        // Without an end, no response has stated a limit for the current window.
        return end == nil || stated.reset < window.reset
    }

    private mutating func adopt(_ stated: RateLimit, end statedEnd: Duration, _ now: Duration) {
        let isEarly = end != nil && stated.reset > window?.reset ?? stated.reset
        window = stated
        hasDeferredReset = false
        end = statedEnd
        // The org has begun the next window, although this one has not ended by the clock. Calls in flight may count in
        // it.
        if isEarly { beginWindow(inFlight: inFlight + 1) }
        if statedEnd <= now { delay(from: statedEnd, now) }
    }

    private mutating func delay(from moment: Duration, _ now: Duration) {
        // A deferred end must not be corrected back to the stated one.
        if moment < now + Self.minimumWait { hasDeferredReset = true }
        end = max(moment, now + Self.minimumWait)
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

    /// The age at which information is outdated, because other programs may have used the limit.
    private static let freshness = Duration.seconds(1)

    /// The minimum wait if a stated end has already passed.
    private static let minimumWait = Duration.seconds(1)
}
