/// The number of permits that a client gets now, and the time after which it may ask again.
///
/// 1. **Free** permits are the remaining calls that responses stated, less the permits in doubt and those that clients
///    hold. All principals together are bounded by the org's limit in the same way.
/// 2. Until the first response of a window arrives, a few calls may be in flight together to learn the limit. If no
///    permit of such a window seems free, one call at a time may probe it.
/// 3. Bulk calls leave a reserve for interactive ones, and one permit for each interactive call that waits.
/// 4. Clients with waiting calls of the same priority share the free permits by weight, including the permits that
///    each has taken in the window. A client that took permits before but has no waiting calls keeps the rest of its
///    share. That share shrinks to zero in the last ten seconds of the window, so that no permit stays unused. Clients
///    with the same principal share its limit; clients of all principals with free permits share the org's limit.
/// 5. A grant is at most half of the client's fair share. Grants become small as the limit runs out, when permits that
///    a client holds without using them do the most harm.
/// 6. The last permit is withheld while clients hold others, because these permits will be in doubt if the clients are
///    gone. It is granted when the org must have counted the calls of those clients: the response to its call ends the
///    doubts, and makes the permits that they did not use available again. The last permit is certain to remain even if
///    as many permits are in doubt, because the org has already counted some of the calls in doubt.
struct LeaseShare {
    /// The number of permits to grant.
    private(set) var granted = 0
    /// The time until the client may ask again, in milliseconds.
    private(set) var retryAfter = 0
    /// The number of further calls that the client may make without the store; `nil` if the limit is not known.
    private(set) var aside: Int?

    private let bucket: SharedBucket
    private let request: LeaseRequest
    private let program: SharingProgram
    private let now: Int
    private let window: SharedBucket.Window

    init(_ bucket: SharedBucket, _ request: LeaseRequest, _ program: SharingProgram, _ now: Int) {
        self.bucket = bucket
        self.request = request
        self.program = program
        self.now = now
        window = bucket.windows[program.principal] ?? SharedBucket.Window()
        guard now >= window.hold else {
            retryAfter = window.hold - now
            return
        }
        let own = levelOfPrincipal
        let org = levelOfOrg
        let (open, rest) = permits(of: own)
        let (openOfOrg, restOfOrg) = org.map(permits) ?? (.max, .max)
        granted = max(0, min(request.waiting + request.prefetch, open, openOfOrg))
        if window.limit > 0 { aside = max(0, min(rest, restOfOrg) - granted) }
        retryAfter = nextQuestion(min(left(of: own), org.map(left) ?? .max))
    }

    // MARK: Limits

    /// A limit that clients share.
    private struct Level {
        var limit: Int
        /// The remaining permits that no client holds.
        var free: Int
        /// The maximum number of permits to grant now, even if more are free.
        var most = Int.max
        /// 1 while the last permit is withheld; otherwise 0.
        var kept = 0
        /// Whether one call may be sent although no permit is free.
        var mayProbe = false
        /// The principals whose clients share the limit.
        var principals: Set<String>
    }

    private var levelOfPrincipal: Level {
        let held = held(by: program.principal)
        let principals: Set = [program.principal]
        let first = SharedBucket.firstCalls - held
        // A call may end doubts only when calls in doubt can no longer reach the org.
        let mayEndDoubts = held == 0 && !isAnyoneAwaited && window.canEndDoubts(now)
        guard window.limit > 0 else { return Level(limit: 0, free: first, principals: principals) }
        var level = Level(limit: window.limit, free: free(of: program.principal, window), principals: principals)
        if window.reset == 0 {
            level.most = first
            level.mayProbe = mayEndDoubts
        } else if !window.doubts.isEmpty {
            level.mayProbe = mayEndDoubts && left(window.sure - reserved(of: window.limit), of: window.limit) > 0
        }
        level.kept = kept(of: program.principal, window)
        return level
    }

    /// The org's limit; `nil` if only one principal uses the bucket, because one principal cannot reach it.
    private var levelOfOrg: Level? {
        guard bucket.windows.count > 1, let largest = bucket.windows.values.map(\.limit).max(), largest > 0 else {
            return nil
        }
        let limit = largest * 1000 / max(1, request.principalShare)
        var level = Level(limit: limit, free: limit - reserved(of: limit), principals: [program.principal])
        var sure = level.free
        for (principal, window) in bucket.windows {
            let out = window.inDoubt + held(by: principal) + aside(for: principal, window)
            if window.reset > 0 { level.free -= window.limit - min(window.remaining, window.limit) }
            level.free -= out
            sure -= window.reset > 0 ? window.limit - min(window.sure, window.limit) : out
            if window.limit == 0 || free(of: principal, window) > kept(of: principal, window) {
                level.principals.insert(principal)
            }
        }
        // Only a call of the same principal ends the doubts of a principal.
        let others = window.doubts.isEmpty && bucket.windows.values.contains { !$0.doubts.isEmpty }
        if isAnyoneHolding || others || !window.canEndDoubts(now) { level.kept = 1 }
        level.mayProbe = !window.doubts.isEmpty && !isAnyoneAwaited && left(sure, of: limit) > 0
        return level
    }

    /// Returns the remaining permits of a principal's limit that no client holds.
    private func free(of principal: String, _ window: SharedBucket.Window) -> Int {
        window.remaining - reserved(of: window.limit) - window.inDoubt - held(by: principal)
            - aside(for: principal, window)
    }

    /// Returns 1 while the last permit of a principal is withheld; otherwise 0.
    private func kept(of principal: String, _ window: SharedBucket.Window) -> Int {
        window.reset > 0 && (held(by: principal) > 0 || !window.canEndDoubts(now)) ? 1 : 0
    }

    /// Returns the number of permits set aside for other clients of a principal that may be working without the store.
    private func aside(for principal: String, _ window: SharedBucket.Window) -> Int {
        let usable = window.limit - reserved(of: window.limit)
        return bucket.members.reduce(0) { sum, entry in
            let (id, member) = entry
            guard member.principal == principal, id != program.id else { return sum }
            return sum + bucket.aside(member, of: usable, now)
        }
    }

    private var isAnyoneHolding: Bool { bucket.members.values.contains { $0.held > 0 } }

    private var isAnyoneAwaited: Bool {
        bucket.members.contains { $0.key != program.id && bucket.isAwaited($0.value, now) }
    }

    private func held(by principal: String) -> Int { bucket.held(by: principal) }

    /// Returns the part of a limit that all clients leave to programs without a store.
    private func reserved(of limit: Int) -> Int {
        limit - max(1, limit * request.utilization / 1000)
    }

    /// Returns the free permits of a limit that calls of the client's priority may use.
    private func left(of level: Level) -> Int { left(level.free, of: level.limit) }

    private func left(_ free: Int, of limit: Int) -> Int {
        request.priority == .bulk ? free - limit * request.reserve / 1000 : free
    }

    // MARK: Fair part

    /// Returns the permits that a limit allows the client now, and the rest of its fair share.
    private func permits(of level: Level) -> (now: Int, rest: Int) {
        var hungry = (taken: 0, weight: 0)
        var quiet = (taken: 0, weight: 0)
        var urgent = 0
        var own = 0
        for (id, member) in bucket.members where level.principals.contains(member.principal) {
            if id == program.id {
                own = member.taken
                hungry.taken += member.taken
                hungry.weight += member.weight
            } else if now - member.due <= SharedLimitTimes.patience, member.unmet > 0 {
                if member.priority == .interactive, request.priority == .bulk { urgent += member.unmet }
                guard member.priority == request.priority else { continue }
                hungry.taken += member.taken
                hungry.weight += member.weight
            } else if now - member.seen <= SharedLimitTimes.interest, member.taken > 0,
                member.priority == request.priority
            {
                quiet.taken += member.taken
                quiet.weight += member.weight
            }
        }
        var open = left(of: level) - urgent
        let all = open + hungry.taken + quiet.taken
        let kept = max(0, all * quiet.weight / max(1, hungry.weight + quiet.weight) - quiet.taken)
        open -= kept * timeLeft / SharedLimitTimes.release
        let fair = (open + hungry.taken) * program.weight - own * hungry.weight
        let room = Self.roundedUp(fair, hungry.weight)
        // Shares are rounded up, so that others may get a whole permit for a fraction of one.
        let rest = min(open, fair / max(1, hungry.weight) - (hungry.weight > program.weight ? 1 : 0))
        let most = min(open - level.kept, level.most - urgent)
        let half = Self.roundedUp(most * program.weight, 2 * hungry.weight)
        return (level.mayProbe && urgent == 0 ? max(1, min(most, room, half)) : min(most, room, half), rest)
    }

    /// The remaining time, in milliseconds, of the period in which unused shares are released.
    private var timeLeft: Int {
        window.reset == 0 ? SharedLimitTimes.release : max(0, min(window.reset - now, SharedLimitTimes.release))
    }

    private static func roundedUp(_ value: Int, _ divisor: Int) -> Int {
        value <= 0 ? 0 : (value + divisor - 1) / max(1, divisor)
    }

    // MARK: Next question

    private func nextQuestion(_ left: Int) -> Int {
        guard window.reset > 0 else { return SharedLimitTimes.poll }
        let end = max(1, window.reset - now)
        // Permits that clients return do not help, because the org's count has reached the limit.
        if window.remaining <= reserved(of: window.limit) { return end }
        // No permit can be returned before the window ends.
        if left <= 0, !isAnyoneHolding, !isAnyoneAwaited, bucket.windows.values.allSatisfy({ $0.doubts.isEmpty }) {
            return end
        }
        // The interval grows with the number of clients, to bound the load on the store.
        return min(end, max(SharedLimitTimes.poll * 2, bucket.members.count * 2))
    }
}
