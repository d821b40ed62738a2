internal import HTTPTypes

/// The state of a limiter: its buckets, queues and calls in flight. The limiter protects it with a lock.
struct RateLimiterState: Sendable {
    struct Timer: Sendable {
        let moment: Duration
        let task: Task<Void, Never>
    }

    var timer: Timer?
    private(set) var inFlight = 0
    let policy: RateLimitPolicy
    private var cap: AdaptiveConcurrencyLimit
    private var indices = BucketIndices()
    var buckets: [RateBucket] = []
    /// The indices of buckets with queued calls.
    private(set) var bucketsWithWaiters: [Int] = []
    /// The order between buckets, for when the concurrency limit does not allow sending the next call of each.
    private var order = TurnOrder()
    /// The number of calls that have arrived.
    private var arrivals: UInt64 = 0
    /// The number of calls that have been admitted.
    private var admissions: UInt64 = 0
    /// The access to the store; `nil` without one.
    var access: StoreAccess?
    /// Whether there is a store. It is stored separately because every call needs it and reading ``access`` copies it.
    let isShared: Bool

    init(policy: RateLimitPolicy, sharing: RateLimitSharing? = nil) {
        self.policy = policy
        access = sharing.map(StoreAccess.init)
        isShared = sharing != nil
        cap = AdaptiveConcurrencyLimit(maximum: policy.maximumConcurrentCalls)
    }

    var isAnyoneWaiting: Bool { !bucketsWithWaiters.isEmpty }

    /// The number of actions with a known limit.
    var bucketCount: Int { indices.count }

    func window(of key: RateLimitKey) -> RateLimit? {
        indices[key].flatMap { buckets[$0].window }
    }

    // MARK: Admission

    mutating func acquire(
        _ key: RateLimitKey, ticket: Ticket?, place: TurnOrder.Place = TurnOrder.Place(), deadline: Duration?,
        now: Duration
    ) -> RateLimiter.Admission {
        let index = index(of: key, now)
        let ticket = ticket ?? newTicket(index, place)
        buckets[index].noteArrival(ticket, now)
        let obstacle = obstacle(index, now, joining: (ticket, deadline))
        let isFirst = buckets[index].queue.first.map { $0.ticket > ticket } ?? true
        if obstacle == nil, isFirst, hasPlace(for: index) {
            return .admitted(begin(index, ticket, now))
        }
        var wait: Duration?
        if case .until(let end) = obstacle {
            wait = end - now
            if let deadline, end > deadline { return .tooLate(wait: end - now) }
        }
        let waiter = Waiter(ticket: ticket, deadline: deadline)
        if buckets[index].queue.isEmpty { bucketsWithWaiters.append(index) }
        buckets[index].queue.insert(waiter)
        return .queued(waiter, wait: wait)
    }

    private mutating func newTicket(_ index: Int, _ place: TurnOrder.Place) -> Ticket {
        arrivals += 1
        let turn = buckets[index].order.take(for: place.lane, place.priority)
        return Ticket(turn: turn, arrival: arrivals, lane: place.lane)
    }

    /// Admits as many calls as possible from all queues, in turn by lane.
    mutating func admitWaiting(_ now: Duration) {
        dropDecided()
        while let index = nextBucketWithWaiters(now), let waiter = buckets[index].queue.first {
            buckets[index].queue.removeFirst()
            let permit = begin(index, waiter.ticket, now)
            if !waiter.decide(.admitted(permit)) { release(permit, isCounted: false, now: now) }
            dropDecided(index)
        }
    }

    /// Ends the wait of calls whose deadline has passed.
    mutating func expire(_ now: Duration) {
        for index in bucketsWithWaiters { buckets[index].queue.expire(now) }
    }

    /// Refuses queued calls that cannot be sent before their deadline.
    mutating func failUnreachable(_ now: Duration) {
        var isAnyoneRefused = false
        for index in bucketsWithWaiters {
            guard case .until(let end) = obstacle(index, now) else { continue }
            if buckets[index].queue.failUnreachable(until: end, now: now) { isAnyoneRefused = true }
        }
        if isAnyoneRefused { dropDecided() }
    }

    /// Returns the next time at which a queued call can be sent or expires, or at which the store needs attention,
    /// without a response.
    mutating func nextChange(_ now: Duration) -> Duration? {
        var next = nextExchangeChange
        for index in bucketsWithWaiters {
            if let deadline = buckets[index].queue.earliestDeadline() { next = min(deadline, next ?? deadline) }
            switch obstacle(index, now) {
            case .until(let end), .turn(let end): next = min(end, next ?? end)
            case .responsesDue, .permit, nil: continue
            }
        }
        return next
    }

    /// Recomputes the ends of windows that calls wait for, with the current clock offset.
    mutating func updateResetTimes(_ end: (RateLimit) -> Duration) {
        for index in bucketsWithWaiters {
            if let window = buckets[index].window { buckets[index].correct(end: end(window)) }
        }
    }

    // MARK: Outcome

    /// Releases a call whose response states a limit.
    mutating func release(
        _ permit: Permit, with limit: RateLimit, end: Duration, signal: RateLimitSignal?, now: Duration
    ) {
        buckets[permit.bucket].release(with: limit, end: end, departed: permit.departed, now: now)
        if signal == .exhausted { buckets[permit.bucket].markExhausted(with: limit, now: now) }
        settle(permit, signal, now)
    }

    /// Releases a call whose response states no limit.
    mutating func release(_ permit: Permit, signal: RateLimitSignal?, now: Duration) {
        // The org does not count calls that it refused for concurrency.
        buckets[permit.bucket].release(
            isCounted: signal != .concurrency, isLeased: permit.isLeased, responded: now, now: now)
        if signal == .exhausted { buckets[permit.bucket].markExhausted(with: nil, now: now) }
        settle(permit, signal, now)
    }

    /// Holds back the calls of a bucket for the time that a response asked for.
    mutating func hold(_ permit: Permit, for wait: Duration, now: Duration) {
        buckets[permit.bucket].hold(until: now + wait)
    }

    /// Releases a call without a response. It gives no information about the org's concurrency limit.
    mutating func release(_ permit: Permit, isCounted: Bool, now: Duration) {
        buckets[permit.bucket].release(isCounted: isCounted, isLeased: permit.isLeased, now: now)
        leave(permit, now)
    }

    private mutating func settle(_ permit: Permit, _ signal: RateLimitSignal?, _ now: Duration) {
        if signal == .concurrency { cap.lower(inFlight: inFlight, now: now) } else { cap.raise() }
        leave(permit, now)
    }

    // MARK: Details

    /// Returns the obstacle to sending a call of a bucket now; `nil` if there is none.
    ///
    /// - Parameter call: A call that is about to join the queue.
    private mutating func obstacle(
        _ index: Int, _ now: Duration, joining call: (ticket: Ticket, deadline: Duration?)? = nil
    ) -> RateBucket.Obstacle? {
        let obstacle = limitObstacle(index, now, joining: call?.ticket)
        if case .until(let end) = obstacle { buckets[index].anticipated.noteShortage(until: end, now) }
        guard obstacle == nil else { return obstacle }
        var next = buckets[index].queue.first.map { (ticket: $0.ticket, deadline: $0.deadline) }
        if let call, next.map({ $0.ticket > call.ticket }) ?? true { next = call }
        guard let next else { return nil }
        return buckets[index].keptTurn(before: next.ticket, deadline: next.deadline, now: now).map { .turn($0) }
    }

    private mutating func begin(_ index: Int, _ ticket: Ticket, _ now: Duration) -> Permit {
        let isLeased = buckets[index].begin(now)
        buckets[index].order.reach(ticket.turn)
        buckets[index].anticipated.begin(ticket.lane, now)
        order.reach(order.take(for: ticket.lane, ticket.priority))
        admissions += 1
        buckets[index].lastAdmission = admissions
        if !buckets[index].key.isForCredentials { inFlight += 1 }
        return Permit(bucket: index, ticket: ticket, departed: now, isLeased: isLeased)
    }

    private mutating func leave(_ permit: Permit, _ now: Duration) {
        buckets[permit.bucket].anticipated.end(permit.ticket.lane, now)
        if !buckets[permit.bucket].key.isForCredentials { inFlight -= 1 }
    }

    private func hasPlace(for index: Int) -> Bool {
        inFlight < cap.current || buckets[index].key.isForCredentials
    }

    /// Returns the bucket whose first call is sent next; `nil` if no call can be sent.
    ///
    /// The program's own calls are sent in the order of their arrival. The calls of another lane are taken from its
    /// buckets in turn. Otherwise, a lane with many older calls in one bucket would block the calls behind it in
    /// another bucket's queue.
    private mutating func nextBucketWithWaiters(_ now: Duration) -> Int? {
        var next: (index: Int, turn: UInt64, rank: UInt64)?
        for index in bucketsWithWaiters {
            guard hasPlace(for: index), let ticket = buckets[index].queue.first?.ticket else { continue }
            let turn = order.next(for: ticket.lane, ticket.priority)
            let rank = ticket.lane == .own ? ticket.arrival : buckets[index].lastAdmission
            if let next, (next.turn, next.rank) < (turn, rank) { continue }
            guard obstacle(index, now) == nil else { continue }
            next = (index, turn, rank)
        }
        return next?.index
    }

    private mutating func dropDecided() {
        for index in bucketsWithWaiters { buckets[index].queue.dropDecided() }
        bucketsWithWaiters.removeAll { buckets[$0].queue.isEmpty }
    }

    private mutating func dropDecided(_ index: Int) {
        buckets[index].queue.dropDecided()
        if buckets[index].queue.isEmpty { bucketsWithWaiters.removeAll { $0 == index } }
    }

    private mutating func index(of key: RateLimitKey, _ now: Duration) -> Int {
        if let index = indices[key] { return index }
        if indices.isFull { forgetIdle(now) }
        var bucket = RateBucket(key: key, initialAllowance: policy.initialConcurrentCalls, now: now)
        // A call waits for its credentials, so their request needs no second permit.
        if access != nil, !key.isForCredentials { bucket.lease = BucketLease() }
        let index = indices.add(key, end: buckets.count)
        if index < buckets.count { buckets[index] = bucket } else { buckets.append(bucket) }
        return index
    }

    private mutating func forgetIdle(_ now: Duration) {
        let known = buckets
        for index in indices.remove(where: { known[$0].isIdle(since: now - Self.idleTime) }) {
            access?.leased.remove(index)
        }
    }

    private static let idleTime = Duration.seconds(120)
}
