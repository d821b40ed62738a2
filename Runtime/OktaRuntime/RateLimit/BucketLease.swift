#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The permits of one bucket that this client has leased from a store, and what it has to report there.
struct BucketLease: Sendable, Hashable {
    /// Permits that are not used yet.
    private(set) var unspent = 0
    /// The client's fair part of the limit when the store was last reached; nil while it never was.
    private(set) var share: Double?
    /// Calls of the present window that were sent, with permits and without.
    private(set) var spent = 0
    /// Calls of the present window that may be sent without the store; nil until the store has stated it.
    private(set) var aside: Int?

    /// When the permits end.
    private var end = Duration.zero
    /// When the lease must be renewed or returned.
    private var renewal = Duration.zero
    /// Before when the store should not be asked again.
    private var nextQuestion = Duration.zero
    /// Likewise for interactive calls, for which the store may have permits when it has none for bulk calls.
    private var nextUrgentQuestion = Duration.zero
    /// Before when the store should not be asked for permits ahead of time.
    private var nextPrefetch = Duration.zero
    /// How many permits to lease beyond the calls that wait.
    private var prefetch = 0
    private var lastGrant = 0
    /// The class of the calls that waited last.
    private var priority = CallPriority.interactive
    private var lastGranted = Duration.zero

    // What the next exchange reports.
    /// The number of the last exchange whose reply came.
    private var answered = 0
    private var returned = 0
    private var unstated = 0
    private var isExhausted = false
    private var hasNews = false
    /// When the newest call was sent whose response stated the limit.
    private(set) var newestDeparture: Duration?

    // MARK: Permits

    /// Whether a call may be sent with a permit in hand.
    func hasPermit(_ now: Duration) -> Bool { unspent > 0 && now < end }

    /// Before when no permit can be had for a class of calls; nil when the store can be asked now.
    func wait(_ priority: CallPriority, _ now: Duration) -> Duration? {
        let next = priority == .interactive ? nextUrgentQuestion : nextQuestion
        return next > now ? next : nil
    }

    mutating func spend() {
        if unspent > 0 { unspent -= 1 }
        spent += 1
        hasNews = true
    }

    mutating func spendAlone() {
        spent += 1
        if let aside { self.aside = max(0, aside - 1) }
        hasNews = true
    }

    /// Takes back a call that was not sent, and its permit where it had one.
    mutating func takeBack(isLeased: Bool = true, _ now: Duration) {
        if isLeased {
            if now < end { unspent += 1 } else { returned += 1 }
        }
        spent = max(0, spent - 1)
    }

    /// Records a call that the org may have counted, although no response stated a limit.
    mutating func noteUnstated() { unstated += 1 }

    mutating func noteExhausted() { isExhausted = true }

    mutating func noteStated(departed: Duration) {
        newestDeparture = max(departed, newestDeparture ?? departed)
    }

    /// - Parameter inFlight: Calls that the org may count in the new window.
    mutating func beginWindow(inFlight: Int = 0) {
        spent = inFlight
        aside = nil
        isExhausted = false
    }

    // MARK: Exchanges

    /// Gives back all permits that are not used.
    mutating func returnAll() {
        returned += unspent
        unspent = 0
        prefetch = 0
    }

    /// Whether an exchange is due: a call waits and may ask, or the lease must be renewed or returned.
    ///
    /// - Parameters:
    ///   - waiting: The class of the next call that waits, and that nothing but a permit holds back.
    ///   - inFlight: The number of calls in flight.
    func isDue(waiting: CallPriority?, inFlight: Int, _ now: Duration) -> Bool {
        if let waiting, !hasPermit(now), wait(waiting, now) == nil { return true }
        // Ahead of time, while permits are used quickly, so that calls need not wait for the store.
        if prefetch > 0, unspent <= lastGrant / 4, now - lastGranted < Self.quick, nextPrefetch <= now, inFlight > 0 {
            return true
        }
        return renewal(inFlight: inFlight).map { $0 <= now } ?? false
    }

    /// When the lease must be renewed or returned; nil when there is nothing to keep.
    func renewal(inFlight: Int) -> Duration? {
        guard unspent > 0 || inFlight > 0 || hasNews else { return nil }
        return renewal
    }

    /// The request of an exchange that begins.
    ///
    /// - Parameter priority: The class of the calls that wait; nil when none does.
    mutating func request(
        bucket: String, waiting: Int, priority waitingPriority: CallPriority?, inFlight: Int, _ now: Duration
    ) -> LeaseRequest {
        if let waitingPriority { priority = waitingPriority }
        adaptPrefetch(waiting: waiting, now)
        if now >= renewal, waiting == 0 || now >= end {
            returned += unspent
            unspent = 0
        }
        var request = LeaseRequest(bucket: bucket)
        request.waiting = max(0, waiting - unspent)
        request.prefetch = waiting == 0 && inFlight == 0 ? 0 : prefetch
        request.priority = priority
        request.held = unspent + inFlight
        request.answered = answered
        request.returned = returned
        request.unstated = unstated
        request.isExhausted = isExhausted
        request.share = share.map { Int(($0 * Double(SharedBucket.whole)).rounded()) } ?? 0
        return request
    }

    /// Takes over the reply. What was reported is not reported again.
    ///
    /// - Parameters:
    ///   - number: The exchange's number.
    ///   - asked: When the exchange began.
    mutating func apply(_ reply: LeaseReply, to request: LeaseRequest, number: Int = 0, asked: Duration) {
        answered = number
        returned -= min(request.returned, returned)
        unstated -= min(request.unstated, unstated)
        if request.isExhausted { isExhausted = false }
        let granted = max(0, reply.granted)
        // What the client had when it asked, it has to report once more.
        hasNews = granted > 0 || request.held > 0
        unspent += granted
        end = asked + reply.duration
        renewal = max(end - Self.renewalTime, asked + max(reply.duration / 2, Self.leastPause))
        share = reply.share.isFinite ? min(max(reply.share, 0), 1) : nil
        if let told = reply.aside { aside = max(0, told) }
        nextQuestion = reply.retryAfter.map { asked + max($0, Self.leastPause) } ?? .zero
        // Permits that come one by one are collected for a moment, so that there are not as many exchanges as calls.
        if granted < min(Self.smallGrant, request.waiting + request.prefetch) {
            nextQuestion = max(nextQuestion, asked + Self.smallGrantPause)
        }
        nextUrgentQuestion = request.priority == .interactive ? nextQuestion : asked + Self.leastPause
        nextPrefetch = max(nextQuestion, granted == 0 ? asked + Self.prefetchPause : .zero)
        if granted > 0 {
            lastGrant = granted
            lastGranted = asked
        }
    }

    /// Leases more ahead while permits are used quickly, and less when they are not.
    private mutating func adaptPrefetch(waiting: Int, _ now: Duration) {
        if unspent <= lastGrant / 4, lastGrant > 0, now - lastGranted < Self.quick {
            prefetch = min(Self.largestPrefetch, max(prefetch * 2, lastGrant, 4))
        } else if waiting == 0 {
            prefetch /= 2
        }
    }

    /// A lease is renewed so long before it ends.
    private static let renewalTime = Duration.seconds(1)
    /// A lease that lasts less than this was small.
    private static let quick = Duration.seconds(1)
    private static let largestPrefetch = 512
    /// Between two exchanges for a lease, so that one which ends at once does not make a loop.
    private static let leastPause = Duration.milliseconds(10)
    private static let prefetchPause = Duration.milliseconds(100)
    private static let smallGrant = 8
    private static let smallGrantPause = Duration.milliseconds(20)
}
