/// How many permits a client may have now, and when it may ask again.
///
/// 1. **Free** is what the responses left, less the permits in doubt and those that clients have. Of the org's whole limit,
///    all principals together may use no more either.
/// 2. While no response of the window has arrived, a few calls may be in flight together, and find out. When nothing seems
///    to be left of such a window, one call at a time finds out.
/// 3. Bulk calls leave a reserve to interactive ones, and one permit for each interactive call that waits.
/// 4. Clients of the same class that have calls waiting share what is free by their weights, counting what each has taken in
///    the window. Clients that took permits before but have no calls waiting keep the rest of their part; in the last ten
///    seconds of the window it shrinks to nothing, so that nothing is left over. Clients with the same principal share its
///    limit; the org's is shared by all whose own limit is not used up.
/// 5. A grant is at most half of the fair part of what is free. Grants become small towards the end, when a client that
///    keeps permits in hand would do harm.
/// 6. The last permit is kept while clients have others, which will be in doubt if these clients are gone. Once the org has
///    counted what they sent, it is granted for a call whose response ends the doubts. Without that call, what the gone have
///    not used would be lost. It is surely left even when as many are in doubt: the org has counted some of these before.
struct LeaseShare {
    /// The number of permits to grant.
    private(set) var granted = 0
    /// When to ask again, in milliseconds.
    private(set) var retryAfter = 0
    /// What the client may use beyond that without the store; nil where the limit is not known.
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
        /// What is left of it, and nobody has.
        var free: Int
        /// The permits that may be granted now, whatever is left.
        var most = Int.max
        /// The last permit, while it is kept.
        var kept = 0
        /// Whether one call may be sent although nothing is left.
        var mayProbe = false
        /// The principals whose clients share it.
        var principals: Set<String>
    }

    private var levelOfPrincipal: Level {
        let held = held(by: program.principal)
        let principals: Set = [program.principal]
        let first = SharedBucket.firstCalls - held
        // Calls in doubt may yet arrive.
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

    /// The org's limit; nil when one principal alone uses the bucket, which cannot reach it.
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
        // A call of another principal does not end the doubts of one.
        let others = window.doubts.isEmpty && bucket.windows.values.contains { !$0.doubts.isEmpty }
        if isAnyoneHolding || others || !window.canEndDoubts(now) { level.kept = 1 }
        level.mayProbe = !window.doubts.isEmpty && !isAnyoneAwaited && left(sure, of: limit) > 0
        return level
    }

    /// What is left of a principal's limit, and nobody has.
    private func free(of principal: String, _ window: SharedBucket.Window) -> Int {
        window.remaining - reserved(of: window.limit) - window.inDoubt - held(by: principal)
            - aside(for: principal, window)
    }

    /// The last permit of a principal, while it is kept.
    private func kept(of principal: String, _ window: SharedBucket.Window) -> Int {
        window.reset > 0 && (held(by: principal) > 0 || !window.canEndDoubts(now)) ? 1 : 0
    }

    /// What is set aside for other clients of a principal, which may go on without the store.
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

    /// The permits of a limit that all clients leave to others.
    private func reserved(of limit: Int) -> Int {
        limit - max(1, limit * request.utilization / 1000)
    }

    /// What is left of a limit for the client's class.
    private func left(of level: Level) -> Int { left(level.free, of: level.limit) }

    private func left(_ free: Int, of limit: Int) -> Int {
        request.priority == .bulk ? free - limit * request.reserve / 1000 : free
    }

    // MARK: Fair part

    /// The permits that a limit has for the client, and the rest of its fair part.
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
        // Others may get a whole permit for a part of one.
        let rest = min(open, fair / max(1, hungry.weight) - (hungry.weight > program.weight ? 1 : 0))
        let most = min(open - level.kept, level.most - urgent)
        let half = Self.roundedUp(most * program.weight, 2 * hungry.weight)
        return (level.mayProbe && urgent == 0 ? max(1, min(most, room, half)) : min(most, room, half), rest)
    }

    /// What is left of the time in which unused parts are released.
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
        // The org has nothing left, whatever clients give back. The client does not ask before the window ends.
        if window.remaining <= reserved(of: window.limit) { return end }
        // Nothing comes back before the window ends.
        if left <= 0, !isAnyoneHolding, !isAnyoneAwaited, bucket.windows.values.allSatisfy({ $0.doubts.isEmpty }) {
            return end
        }
        // With many clients, questions would become the load.
        return min(end, max(SharedLimitTimes.poll * 2, bucket.members.count * 2))
    }
}
