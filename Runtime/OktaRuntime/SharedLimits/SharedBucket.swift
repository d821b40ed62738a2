/// What programs that share a bucket know together: the limit of each principal, and who has how many permits.
///
/// A permit stays with its client until the client reports its call's end, so that what the newest response stated,
/// less the permits that clients have, is what may still be sent. Responses are the truth: other programs spend too,
/// and each report lowers the count to what was stated.
///
/// A client that ends without a word loses its lease when the lease ends. The org may have counted its calls, or may count
/// them when they arrive. So these permits are in doubt until a response to a call that was sent well after the lease's
/// end has stated what is left, or the client reports again, or the window after has begun. This holds across the end of
/// a window too: a call that was sent before it may be counted after it.
///
/// Plain values, and whole numbers only: permits, weights, thousandths, and milliseconds of the org's clock. A script in
/// a database can do the same.
package struct SharedBucket: Sendable, Hashable {
    /// The limit of one principal.
    package struct Window: Sendable, Hashable {
        package var limit = 0
        package var remaining = 0
        /// When the window ends; 0 when its end is not known, because no response of it has arrived.
        package var reset = 0
        /// When the window before it ended.
        package var lastReset = 0
        /// Until when nothing is sent, because the org refused a call without naming an end.
        package var hold = 0
        /// Permits in doubt, and since when.
        package var doubts: [Doubt] = []
    }

    /// Permits of a client whose lease has ended.
    package struct Doubt: Sendable, Hashable {
        package var count: Int
        /// When the org has counted all calls that were sent under the lease.
        package var since: Int
        /// The client's id.
        package var owner: String
    }

    /// A client with permits or waiting calls.
    package struct Member: Sendable, Hashable {
        package var principal: String
        package var name: String
        package var weight: Int
        package var priority: CallPriority
        /// Permits that are not used yet, and those of calls in flight.
        package var held = 0
        /// When these end.
        package var until = 0
        /// Permits taken in the window, less those returned.
        package var taken = 0
        /// Calls that wait for a permit.
        package var unmet = 0
        package var seen = 0
        /// When the client was asked to come back; the time of its last exchange when it was not.
        package var due = 0
    }

    /// By principal.
    package var windows: [String: Window] = [:]
    /// By the id of the program.
    package var members: [String: Member] = [:]

    package init() {}

    /// Takes a client's report, and grants it permits.
    ///
    /// - Parameter now: The time by the org's clock.
    package mutating func exchange(_ request: LeaseRequest, from program: SharingProgram, now: Int) -> LeaseReply {
        correct(now)
        roll(now)
        expire(now)
        report(request, from: program, now)
        let share = LeaseShare(self, request, program, now)
        let granted = share.granted
        grant(granted, of: request, to: program, now)
        members[program.id]?.due = now + (granted < request.waiting ? share.retryAfter : 0)
        return reply(granted, share, request, program, now)
    }

    // MARK: Time

    /// Brings moments back that are too far ahead, because they were taken from a clock that was wrong.
    private mutating func correct(_ now: Int) {
        for (principal, window) in windows {
            if window.reset > now + SharedLimitTimes.longestWindow { windows[principal]?.reset = 0 }
            if window.lastReset > now + SharedLimitTimes.leeway { windows[principal]?.lastReset = 0 }
            if window.hold > now + SharedLimitTimes.hold { windows[principal]?.hold = 0 }
            for index in window.doubts.indices where window.doubts[index].since > now + SharedLimitTimes.leeway {
                windows[principal]?.doubts[index].since = now + SharedLimitTimes.leeway
            }
        }
        for (id, member) in members {
            if member.until > now + SharedLimitTimes.lease { members[id]?.until = now + SharedLimitTimes.lease }
            if member.seen > now { members[id]?.seen = now }
            if member.due > now + SharedLimitTimes.longestWindow { members[id]?.due = now }
        }
    }

    /// Begins a new window for each principal whose window has ended.
    private mutating func roll(_ now: Int) {
        for (principal, window) in windows where window.reset > 0 && now >= window.reset { beginWindow(of: principal) }
    }

    private mutating func beginWindow(of principal: String) {
        windows[principal]?.begin()
        for (id, member) in members where member.principal == principal { members[id]?.taken = 0 }
    }

    /// Ends the leases whose time has passed, and forgets clients that are gone.
    private mutating func expire(_ now: Int) {
        for (id, member) in members where member.until <= now {
            if member.held > 0 {
                let since = member.until + SharedLimitTimes.leeway
                windows[member.principal]?.doubts.append(Doubt(count: member.held, since: since, owner: id))
                members[id]?.held = 0
            }
            if now - max(member.seen, member.due) > SharedLimitTimes.memory { members[id] = nil }
        }
        for principal in windows.keys {
            // Where no response states a limit, no window ends.
            windows[principal]?.doubts.removeAll { now - $0.since >= SharedLimitTimes.longestWindow }
        }
        let principals = Set(members.values.map(\.principal))
        windows = windows.filter { principal, window in
            principals.contains(principal) || now - max(window.reset, window.lastReset) <= SharedLimitTimes.windowMemory
        }
    }

    // MARK: Report

    private mutating func report(_ request: LeaseRequest, from program: SharingProgram, _ now: Int) {
        if let stated = request.stated, windows[program.principal]?.isFollowed(by: stated, now) ?? false {
            beginWindow(of: program.principal)
        }
        var window = windows[program.principal] ?? Window()
        // A client that was late, rather than gone, knows what it has.
        window.doubts.removeAll { $0.owner == program.id }
        if let stated = request.stated { window.note(stated, now) }
        window.remaining = max(0, window.remaining - request.unstated)
        if request.isExhausted {
            // The refusal of a window that has ended says nothing about this one.
            let isPast = request.stated.map { window.isPast($0, now) } ?? false
            if window.reset > 0, !isPast { window.remaining = 0 } else { window.hold = now + SharedLimitTimes.hold }
        }
        windows[program.principal] = window

        var member =
            members[program.id]
            ?? Member(
                principal: program.principal, name: program.name, weight: program.weight, priority: request.priority)
        member.principal = program.principal
        member.weight = program.weight
        member.priority = request.priority
        member.held = request.held
        member.taken = max(0, member.taken - request.returned)
        member.seen = now
        members[program.id] = member
    }

    // MARK: Grant

    private mutating func grant(_ count: Int, of request: LeaseRequest, to program: SharingProgram, _ now: Int) {
        let reset = windows[program.principal]?.reset ?? 0
        let end = now + SharedLimitTimes.lease
        members[program.id]?.until = reset > 0 ? min(end, reset) : end
        members[program.id]?.held += count
        members[program.id]?.taken += count
        members[program.id]?.unmet = max(0, request.waiting - count)
    }

    private func reply(
        _ granted: Int, _ share: LeaseShare, _ request: LeaseRequest, _ program: SharingProgram, _ now: Int
    ) -> LeaseReply {
        let until = members[program.id]?.until ?? now
        let weights = members.values.reduce(0) { $0 + $1.weight }
        return LeaseReply(
            granted: granted, duration: .milliseconds(until - now),
            retryAfter: granted < request.waiting ? .milliseconds(share.retryAfter) : nil,
            window: windows[program.principal]?.stated,
            share: Double(program.weight) / Double(max(weights, program.weight)))
    }
}

/// The times of the protocol, in milliseconds.
package enum SharedLimitTimes {
    /// How long a lease lasts, unless its window ends before.
    package static let lease = 5000
    /// How long after it was sent the org may count a call, and how far the clocks of two clients differ at most.
    static let leeway = 2000
    /// How long a client with waiting calls counts as such after the moment at which it was asked to come back.
    static let patience = 2000
    /// How long a client without waiting calls keeps its fair part.
    static let interest = 10_000
    /// How long a client is remembered.
    static let memory = 60_000
    /// How long a limit is remembered that no client uses.
    static let windowMemory = 3_600_000
    /// How long nothing is sent after a refusal without an end.
    static let hold = 1000
    /// Before the end of a window, the time in which the parts of clients without waiting calls are released.
    static let release = 10_000
    /// Okta's windows last a minute; a longer one is the result of a wrong clock.
    static let longestWindow = 120_000
    /// When to ask again while responses are due.
    static let poll = 50
}
