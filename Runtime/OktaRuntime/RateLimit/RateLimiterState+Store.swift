#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The exchanges of a limiter with its store.
extension RateLimiterState {
    /// Returns the obstacle that the org's limit or the store poses to sending a call of a bucket now.
    ///
    /// - Parameter ticket: A call that is about to join the queue.
    mutating func limitObstacle(
        _ index: Int, _ now: Duration, joining ticket: Ticket?
    ) -> RateBucket.Obstacle? {
        if let own = buckets[index].obstacle(policy: policy, now: now) { return own }
        guard isShared, let access else { return nil }
        let first = buckets[index].queue.first?.ticket
        // The more urgent of the two priorities. Without a call, the result is the obstacle for bulk calls.
        let isUrgent = ticket?.priority == .interactive || first?.priority == .interactive
        return buckets[index].leaseObstacle(
            policy, isUrgent ? .interactive : .bulk, isReachable: access.isReachable,
            shareWithoutStore: access.sharing.shareWithoutStore, now: now)
    }

    /// Begins the exchange that is due now, if any, and returns its number and requests.
    ///
    /// - Parameters:
    ///   - changed: The bucket that has changed; `nil` to check all buckets.
    ///   - date: A closure that converts a time of the time source to the org's clock.
    mutating func dueExchange(
        after changed: Int? = nil, _ now: Duration, date: (Duration) -> Date
    ) -> (number: Int, requests: [LeaseRequest])? {
        guard let access, access.mayBegin(now) else { return nil }
        if !access.returns.isEmpty { return returningExchange(now, date: date) }
        // An attempt to reach a lost store includes all buckets that need it.
        guard access.isReachable else { return begin(concerned(changed).sorted(), now, date: date) }
        if let changed {
            guard isDue(changed, now) else { return nil }
        }
        // One exchange includes all buckets that are due, to reduce the number of exchanges.
        return begin(access.leased.union(bucketsWithWaiters).filter { isDue($0, now) }.sorted(), now, date: date)
    }

    /// Begins the exchange that returns all unused permits.
    private mutating func returningExchange(
        _ now: Duration, date: (Duration) -> Date
    ) -> (number: Int, requests: [LeaseRequest])? {
        let completions = access?.takeReturns() ?? []
        let leased = access?.leased.sorted() ?? []
        for index in leased { buckets[index].lease?.returnAll() }
        if let begun = begin(leased, now, date: date, completions: completions) { return begun }
        for completion in completions { completion() }
        return nil
    }

    /// Applies the replies of an exchange.
    ///
    /// - Parameters:
    ///   - replies: The replies in the order of the requests; `nil` if the store did not reply.
    ///   - moment: A closure that converts a date of the org's clock to the time source.
    /// - Returns: The completions to call now, and whether the store became unreachable or reachable; `nil` if the
    ///   exchange had been abandoned.
    mutating func endExchange(
        _ number: Int, _ replies: [LeaseReply]?, _ now: Duration, moment: (Date) -> Duration
    ) -> (completions: [@Sendable () -> Void], isChange: Bool)? {
        guard let (exchange, isChange) = access?.end(number, failed: replies == nil, now) else { return nil }
        exchange.task?.cancel()
        for (bucket, reply) in zip(exchange.buckets, replies ?? []) where buckets[bucket.index].key == bucket.key {
            buckets[bucket.index].lease?.apply(
                reply, to: bucket.request, number: exchange.number, asked: exchange.began)
            if let window = reply.window {
                buckets[bucket.index].learn(window, end: moment(window.reset), now: now)
            }
            updateLeased(bucket.index)
        }
        guard replies == nil else { return (exchange.completions, isChange) }
        return (exchange.completions + (access?.takeReturns() ?? []), isChange)
    }

    /// Records that a call of a bucket began or ended.
    mutating func updateLeased(_ index: Int) {
        guard let lease = buckets[index].lease else { return }
        if lease.renewal(inFlight: buckets[index].inFlight) == nil {
            access?.leased.remove(index)
        } else {
            access?.leased.insert(index)
        }
    }

    /// The next time at which an exchange is due or times out.
    var nextExchangeChange: Duration? {
        guard let access else { return nil }
        if let exchange = access.exchange { return exchange.deadline }
        if case .gone(_, _, let retry) = access.phase { return concerned().isEmpty ? nil : retry }
        var next: Duration?
        for index in access.leased {
            guard let moment = buckets[index].lease?.renewal(inFlight: buckets[index].inFlight) else { continue }
            next = min(moment, next ?? moment)
        }
        for index in bucketsWithWaiters {
            guard let moment = buckets[index].lease?.nextReport else { continue }
            next = min(moment, next ?? moment)
        }
        return next
    }

    /// Returns the buckets that have permits, waiting calls or unreported state.
    ///
    /// - Parameter changed: A bucket that has changed, which is included.
    private func concerned(_ changed: Int? = nil) -> Set<Int> {
        var indices = access?.leased ?? []
        for index in bucketsWithWaiters where buckets[index].lease != nil { indices.insert(index) }
        if let changed, buckets[changed].lease != nil { indices.insert(changed) }
        return indices
    }

    private mutating func begin(
        _ indices: [Int], _ now: Duration, date: (Duration) -> Date, completions: [@Sendable () -> Void] = []
    ) -> (number: Int, requests: [LeaseRequest])? {
        guard let access, !indices.isEmpty else { return nil }
        var begun: [(index: Int, key: RateLimitKey, request: LeaseRequest)] = []
        for index in indices {
            guard let request = request(of: index, access.sharing, now, date: date) else { continue }
            begun.append((index, buckets[index].key, request))
        }
        guard let number = self.access?.begin(begun, now, completions: completions) else { return nil }
        return (number, begun.map(\.request))
    }

    private mutating func request(
        of index: Int, _ sharing: RateLimitSharing, _ now: Duration, date: (Duration) -> Date
    ) -> LeaseRequest? {
        let (waiting, priority) = waiting(index)
        let bucket = buckets[index]
        guard
            var request = buckets[index].lease?.request(
                bucket: bucket.key.description, waiting: waiting, priority: priority, inFlight: bucket.inFlight, now)
        else { return nil }
        if let window = bucket.presentWindow, let departed = bucket.lease?.newestDeparture {
            // The client has deducted the calls without a stated limit. They are added here because the store deducts
            // them.
            request.stated = StatedLimit(
                limit: window.limit, remaining: min(window.limit, window.remaining + request.unstated),
                reset: window.reset, departed: date(departed))
            request.taken = buckets[index].lease.map { $0.spent + $0.unspent }
        }
        request.alone = max(request.alone, access?.alone(now) ?? .zero)
        request.utilization = max(1, Int(policy.utilization * 1000 + 1e-9))
        request.reserve = Int(sharing.interactiveReserve * 1000 + 1e-9)
        request.principalShare = max(1, Int(sharing.principalShare * 1000 + 1e-9))
        return request
    }

    private mutating func isDue(_ index: Int, _ now: Duration) -> Bool {
        guard let lease = buckets[index].lease else { return false }
        var isHeld = false
        if case .until = buckets[index].obstacle(policy: policy, now: now) { isHeld = true }
        let next = isHeld ? nil : buckets[index].queue.first?.ticket.priority
        if !buckets[index].queue.isEmpty, let report = lease.nextReport, report <= now { return true }
        return lease.isDue(waiting: next, inFlight: buckets[index].inFlight, now)
    }

    /// Returns the number of waiting calls of the most urgent priority, and that priority; `nil` as the priority if no
    /// call waits.
    private func waiting(_ index: Int) -> (count: Int, priority: CallPriority?) {
        let queue = buckets[index].queue
        guard let first = queue.first else { return (0, nil) }
        guard first.ticket.priority == .interactive else { return (queue.count, .bulk) }
        return (queue.interactiveCount, .interactive)
    }
}
