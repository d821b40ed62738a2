#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The permits of one bucket that this client has leased from a store, and the state to report in the next exchange.
struct BucketLease: Sendable, Hashable {
    /// The number of unused permits.
    private(set) var unspent = 0
    /// The client's fair share of the limit as of the last exchange; `nil` before the first one.
    private(set) var share: Double?
    /// The number of calls sent in the current window, with and without permits.
    private(set) var spent = 0
    /// The number of calls that may be sent in the current window without the store; `nil` until the store has stated
    /// it.
    private(set) var aside: Int?

    /// The time since which the store has granted no permits because it lost its records; `nil` if it grants them.
    private(set) var pausedSince: Duration?
    /// Whether the client may use its share meanwhile. It waits if it does not know what others have used recently.
    private(set) var mayUseShare = false

    /// The time at which the permits expire.
    private var end = Duration.zero
    /// The time at which the lease must be renewed or returned.
    private var renewal = Duration.zero
    /// The time before which the store is not asked again.
    private var nextQuestion = Duration.zero
    /// The same for interactive calls, for which the store may have permits when it has none for bulk calls.
    private var nextUrgentQuestion = Duration.zero
    /// The time before which the store is not asked for permits in advance.
    private var nextPrefetch = Duration.zero
    /// The number of permits to lease in addition to those for waiting calls.
    private var prefetch = 0
    private var lastGrant = 0
    /// The priority of the calls that last waited.
    private var priority = CallPriority.interactive
    private var lastGranted = Duration.zero
    /// The time at which the last exchange with a reply began; `nil` before the first one.
    private var lastAsked: Duration?

    // State to report in the next exchange.
    /// The number of the last exchange whose reply arrived.
    private var acknowledged = 0
    private var returned = 0
    private var unstated = 0
    private var isExhausted = false
    private var hasNews = false
    /// The time at which the newest call whose response stated the limit was sent.
    private(set) var newestDeparture: Duration?

    // MARK: Permits

    /// Returns whether there is a valid permit.
    func hasPermit(_ now: Duration) -> Bool { unspent > 0 && now < end }

    /// Returns the time before which the store is not asked for a permit for a priority; `nil` if it can be asked
    /// now.
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

    /// Reverts a call that was not sent, and takes back its permit if it had one.
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
        mayUseShare = true
    }

    // MARK: Exchanges

    /// Marks all unused permits to be returned.
    mutating func returnAll() {
        returned += unspent
        unspent = 0
        prefetch = 0
    }

    /// Returns whether an exchange is due, because a call waits for a permit or the lease must be renewed or returned.
    ///
    /// - Parameters:
    ///   - waiting: The priority of the next waiting call that lacks only a permit.
    ///   - inFlight: The number of calls in flight.
    func isDue(waiting: CallPriority?, inFlight: Int, _ now: Duration) -> Bool {
        if let waiting, !hasPermit(now), wait(waiting, now) == nil { return true }
        // Lease in advance while permits are used quickly, so that calls need not wait for the store.
        if prefetch > 0, unspent <= lastGrant / 4, now - lastGranted < Self.quick, nextPrefetch <= now, inFlight > 0 {
            return true
        }
        return renewal(inFlight: inFlight).map { $0 <= now } ?? false
    }

    /// Returns the time at which the lease must be renewed or returned; `nil` if there is nothing to renew or report.
    func renewal(inFlight: Int) -> Duration? {
        guard unspent > 0 || inFlight > 0 || hasNews else { return nil }
        return renewal
    }

    /// The time of the next report while calls wait, even if no permit is available before the window ends; `nil`
    /// before the first reply.
    ///
    /// A store that lost its records grants permits again after ``SharedLimitTimes/lease``, based on what clients have
    /// stated since. A client that knows that the window is used up must state this before then.
    var nextReport: Duration? { lastAsked.map { $0 + .milliseconds(SharedLimitTimes.lease) - Self.renewalTime } }

    /// Creates the request for a new exchange.
    ///
    /// - Parameter priority: The priority of the waiting calls; `nil` if no call waits.
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
        request.acknowledged = acknowledged
        request.returned = returned
        request.unstated = unstated
        request.isExhausted = isExhausted
        request.alone = pausedSince.map { now - $0 } ?? .zero
        request.share = share.map { Int(($0 * Double(SharedBucket.whole)).rounded()) } ?? 0
        return request
    }

    /// Applies the reply. Reported numbers are not reported again.
    ///
    /// - Parameters:
    ///   - number: The exchange's number.
    ///   - asked: The time at which the exchange began.
    mutating func apply(_ reply: LeaseReply, to request: LeaseRequest, number: Int = 0, asked: Duration) {
        acknowledged = number
        if reply.isPaused, pausedSince == nil {
            mayUseShare = lastAsked.map { asked - $0 <= .milliseconds(SharedLimitTimes.lease) } ?? false
        }
        pausedSince = reply.isPaused ? pausedSince ?? asked : nil
        lastAsked = asked
        returned -= min(request.returned, returned)
        unstated -= min(request.unstated, unstated)
        if request.isExhausted { isExhausted = false }
        let granted = max(0, reply.granted)
        // Permits that the client held when it asked must be reported once more.
        hasNews = granted > 0 || request.held > 0
        unspent += granted
        end = asked + reply.duration
        renewal = max(end - Self.renewalTime, asked + max(reply.duration / 2, Self.minimumPause))
        share = reply.share.isFinite ? min(max(reply.share, 0), 1) : nil
        if let stated = reply.aside { aside = max(0, stated) }
        nextQuestion = reply.retryAfter.map { asked + max($0, Self.minimumPause) } ?? .zero
        // After a small grant, the client waits before it asks again, to avoid one exchange per call.
        if granted < min(Self.smallGrant, request.waiting + request.prefetch) {
            nextQuestion = max(nextQuestion, asked + Self.smallGrantPause)
        }
        nextUrgentQuestion = request.priority == .interactive ? nextQuestion : asked + Self.minimumPause
        nextPrefetch = max(nextQuestion, granted == 0 ? asked + Self.prefetchPause : .zero)
        if granted > 0 {
            lastGrant = granted
            lastGranted = asked
        }
    }

    /// Raises the number of permits leased in advance while permits are used quickly, and lowers it otherwise.
    private mutating func adaptPrefetch(waiting: Int, _ now: Duration) {
        if unspent <= lastGrant / 4, lastGrant > 0, now - lastGranted < Self.quick {
            prefetch = min(Self.maximumPrefetch, max(prefetch * 2, lastGrant, 4))
        } else if waiting == 0 {
            prefetch /= 2
        }
    }

    /// The time before the end of a lease at which it is renewed.
    private static let renewalTime = Duration.seconds(1)
    /// The time within which permits must be used up for the client to lease more in advance.
    private static let quick = Duration.seconds(1)
    private static let maximumPrefetch = 512
    /// The minimum time between two exchanges for a lease, so that leases that end at once do not cause a loop.
    private static let minimumPause = Duration.milliseconds(10)
    private static let prefetchPause = Duration.milliseconds(100)
    private static let smallGrant = 8
    private static let smallGrantPause = Duration.milliseconds(20)
}
