/// What is known of the limit of one method and path template, and the calls that are in flight or wait for it.
struct RateBucket: Sendable {
    /// Why a call may not be sent now.
    enum Obstacle: Sendable, Hashable {
        /// Too many are in flight for what is known; the next answer tells more.
        case answersDue
        /// The window's share is used up until a moment of the time source.
        case until(Duration)
    }

    let key: RateLimitKey
    var queue = WaitQueue()
    private(set) var inFlight = 0
    /// When the last answer came.
    private(set) var heard: Duration

    /// The newest statement about the limit, its `remaining` being the least that was stated for the window.
    private(set) var window: RateLimit?
    /// When the window ends; `nil` when it has, and nothing is known of the next but its limit.
    private var end: Duration?
    /// When the last window ended.
    private var turned = Duration.zero
    /// The most calls in flight: few at first, one more with each answer, so that what is out of date does little harm.
    private var allowance: Int
    private let initialAllowance: Int
    /// Whether the end is set later than stated, because what was stated has passed.
    private var hasDeferredReset = false
    /// Until when an answer asks to send nothing; nil when none does.
    private var held: Duration?

    init(key: RateLimitKey, initialAllowance: Int, now: Duration) {
        self.key = key
        self.initialAllowance = initialAllowance
        allowance = initialAllowance
        heard = now
    }

    /// What keeps a call from being sent now; `nil` when nothing does.
    mutating func obstacle(policy: RateLimitPolicy, now: Duration) -> Obstacle? {
        rollWindow(now)
        if let held {
            guard now >= held else { return .until(held) }
            self.held = nil
            allowance = initialAllowance
        }
        if inFlight == 0, now - heard > Self.freshness { allowance = min(allowance, initialAllowance) }
        guard let window else { return inFlight >= allowance ? .answersDue : nil }
        let left = window.remaining - policy.reservedCalls(of: window.limit)
        if inFlight >= left {
            if let end { return .until(end) }
            if inFlight > 0 { return .answersDue }
        }
        // Others may be using the same limit, another action of this client among them: towards the end of what is left
        // not all of it is risked before the next answer.
        return inFlight >= min(allowance, max(initialAllowance, left / 2)) ? .answersDue : nil
    }

    /// Whether it has no calls, and has had no news since a moment.
    func isIdle(since moment: Duration) -> Bool {
        inFlight == 0 && queue.isEmpty && heard < moment
    }

    mutating func begin() {
        inFlight += 1
    }

    /// Sends nothing until a moment, since an answer asks for that.
    mutating func hold(until moment: Duration) {
        held = max(moment, held ?? moment)
    }

    /// Takes back a call that brought no statement about the limit.
    ///
    /// - Parameters:
    ///   - isCounted: Whether the org may have counted it.
    ///   - answered: When the answer came; nil for a call without one.
    mutating func release(isCounted: Bool, answered: Duration? = nil) {
        inFlight -= 1
        if let answered { heard = answered }
        guard isCounted else { return }
        allowance += 1
        if let window { self.window?.remaining = max(0, window.remaining - 1) }
    }

    /// Takes back a call with what its answer states.
    ///
    /// - Parameters:
    ///   - stated: The limit.
    ///   - statedEnd: When the window ends, by the time source.
    ///   - departed: When the call was sent.
    mutating func release(with stated: RateLimit, end statedEnd: Duration, departed: Duration, now: Duration) {
        inFlight -= 1
        heard = now
        allowance += 1
        rollWindow(now)
        guard let known = window else { return adopt(stated, end: statedEnd, now) }
        if end == nil {
            // What was sent before the window's end may tell of that window still. What was sent since tells of the
            // present one, even if it is the same: the clocks differ a little then.
            if departed >= turned || stated.reset > known.reset { adopt(stated, end: statedEnd, now) }
        } else if stated.reset == known.reset {
            window?.limit = stated.limit
            window?.remaining = min(known.remaining, stated.remaining)
            if !hasDeferredReset { end = statedEnd }
        } else if stated.reset > known.reset || statedEnd > now && stated.remaining < known.remaining {
            // The next window; or one that ends earlier: another limit, which is the tighter one.
            adopt(stated, end: statedEnd, now)
        }
    }

    /// Takes note that the org refuses calls until the window's end, unless that is the end of a past window.
    ///
    /// - Parameters:
    ///   - stated: What the refusal states, when it has arrived with that; nil when it states no limit.
    ///   - now: The present moment.
    mutating func markExhausted(with stated: RateLimit?, now: Duration) {
        if let stated, isPast(stated) { return }
        allowance = initialAllowance
        guard window != nil else { return }
        window?.remaining = 0
        delay(from: end ?? now, now)
    }

    /// Takes a corrected moment for the window's end.
    mutating func correct(end corrected: Duration) {
        guard let end, corrected < end, !hasDeferredReset else { return }
        self.end = corrected
    }

    /// Whether a statement that has arrived is about a window before the present one.
    private func isPast(_ stated: RateLimit) -> Bool {
        guard let window else { return false }
        // A statement about the present window leaves it with an end.
        return end == nil || stated.reset < window.reset
    }

    private mutating func adopt(_ stated: RateLimit, end statedEnd: Duration, _ now: Duration) {
        window = stated
        hasDeferredReset = false
        end = statedEnd
        if statedEnd <= now { delay(from: statedEnd, now) }
    }

    private mutating func delay(from moment: Duration, _ now: Duration) {
        // What has been set later once is not corrected to what was stated, though it need not be set later again.
        if moment < now + Self.leastWait { hasDeferredReset = true }
        end = max(moment, now + Self.leastWait)
    }

    private mutating func rollWindow(_ now: Duration) {
        guard let end, now >= end, let limit = window?.limit else { return }
        self.end = nil
        turned = end
        hasDeferredReset = false
        window?.remaining = limit
        allowance = initialAllowance
    }

    /// Older statements are not relied on: others may have used the limit since.
    private static let freshness = Duration.seconds(1)

    /// The wait where a stated end has passed already.
    private static let leastWait = Duration.seconds(1)
}
