/// How many permits a client may have now, and when it may ask again.
///
/// 1. **Free** is what the responses left, less the permits in doubt and those that clients have. Of the org's whole limit,
///    all principals together may use no more either.
/// 2. Bulk calls leave a reserve to interactive ones, and one permit for each interactive call that waits.
/// 3. Clients of the same class that have calls waiting share what is free by their weights, counting what each has taken in
///    the window. Clients that took permits before but have no calls waiting keep the rest of their part; in the last ten
///    seconds of the window it shrinks to nothing, so that nothing is left over.
/// 4. A grant is at most half of the fair part of what is free. Grants become small towards the end, when a client that
///    keeps permits in hand would do harm.
struct LeaseShare {
    /// The number of permits to grant.
    private(set) var granted = 0
    /// When to ask again, in milliseconds.
    private(set) var retryAfter = 0

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
        let free = freePermits
        let open = openPermits(of: free)
        granted = min(request.waiting + request.prefetch, max(0, min(open.count, open.room, max(1, open.half))))
        retryAfter = nextQuestion(free)
    }

    // MARK: Free permits

    /// What nobody has.
    private var freePermits: Int {
        min(freeOfPrincipal, freeOfOrg ?? .max)
    }

    private var freeOfPrincipal: Int {
        let held = bucket.members.values.reduce(0) { $0 + ($1.principal == program.principal ? $1.held : 0) }
        // No response of the window has arrived: a few calls find out.
        let unproven = Self.firstCalls - held
        guard window.limit > 0 else { return unproven }
        let left = window.remaining - reserved(of: window.limit) - held - window.inDoubt
        return window.reset == 0 ? min(unproven, left) : left
    }

    /// What the org's limit leaves to all principals together; nil when one principal alone uses the bucket, which
    /// cannot reach it.
    private var freeOfOrg: Int? {
        let known = bucket.windows.values.filter { $0.limit > 0 }
        guard known.count > 1, let largest = known.map(\.limit).max() else { return nil }
        let limit = largest * 1000 / max(1, request.principalShare)
        var left = limit - reserved(of: limit)
        for window in known { left -= window.limit - min(window.remaining, window.limit) + window.inDoubt }
        for member in bucket.members.values { left -= member.held }
        return left
    }

    /// The permits of a limit that all clients leave to others.
    private func reserved(of limit: Int) -> Int {
        limit - max(1, limit * request.utilization / 1000)
    }

    // MARK: Fair part

    /// What the client's class may have, the client's part of it, and half of its part of what is free.
    private func openPermits(of free: Int) -> (count: Int, room: Int, half: Int) {
        var hungry = (taken: 0, weight: 0)
        var quiet = (taken: 0, weight: 0)
        var urgent = 0
        var own = 0
        for (id, member) in bucket.members {
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
        var open = free
        if request.priority == .bulk { open -= window.limit * request.reserve / 1000 + urgent }
        let all = open + hungry.taken + quiet.taken
        let kept = max(0, all * quiet.weight / max(1, hungry.weight + quiet.weight) - quiet.taken)
        open -= kept * timeLeft / SharedLimitTimes.release
        let part = (open + hungry.taken) * program.weight - own * hungry.weight
        return (
            open, Self.roundedUp(part, hungry.weight), Self.roundedUp(open * program.weight, 2 * hungry.weight)
        )
    }

    /// What is left of the time in which unused parts are released.
    private var timeLeft: Int {
        window.reset == 0 ? SharedLimitTimes.release : max(0, min(window.reset - now, SharedLimitTimes.release))
    }

    private static func roundedUp(_ value: Int, _ divisor: Int) -> Int {
        value <= 0 ? 0 : (value + divisor - 1) / max(1, divisor)
    }

    // MARK: Next question

    private func nextQuestion(_ free: Int) -> Int {
        guard window.reset > 0 else { return SharedLimitTimes.poll }
        let end = max(1, window.reset - now)
        let isAnyoneHolding = bucket.members.values.contains { $0.held > 0 }
        // Nothing comes back before the window ends.
        if free <= 0, !isAnyoneHolding, window.inDoubt == 0 { return end }
        // With many clients, questions would become the load.
        return min(end, max(SharedLimitTimes.poll * 2, bucket.members.count * 2))
    }

    /// The number of calls that may be in flight together before a response has stated the limit.
    private static let firstCalls = 4
}
