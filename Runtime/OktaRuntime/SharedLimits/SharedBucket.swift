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
        /// Permits that are surely left and that no client has, unless others spend too. More than what is left less those in
        /// doubt and those that clients have: of these the org may have counted some already.
        package var sure = 0
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
        /// The part of the limit that the client may use without the store, in millionths.
        package var part = 0
        /// Whether the client had lost the store before its last exchange. Without the reply, it goes on alone.
        package var isAlone = false
        package var last = Account()
    }

    /// What the last exchange of a client changed. The client may not have had its reply.
    package struct Account: Sendable, Hashable {
        /// The exchange's number.
        package var number = 0
        package var granted = 0
        package var returned = 0
        package var unstated = 0
    }

    /// By principal.
    package var windows: [String: Window] = [:]
    /// By the id of the program.
    package var members: [String: Member] = [:]
    /// When the record began; 0 before the first exchange.
    package var born = 0
    /// Until when no permits are granted, because clients have leases that the record does not know.
    package var pause = 0
    /// When clients that are back had lost the store; 0 when none has.
    package var lost = 0
    /// Until when others that have lost it with them are expected back.
    package var expected = 0

    /// The number of calls that may be in flight together before a response has stated the limit.
    package static let firstCalls = 4

    package init() {}

    /// Whether a later exchange of the client was carried out before one with a number. It must not be carried out then.
    package func isLate(_ number: Int, from program: SharingProgram) -> Bool {
        number > 0 && number <= members[program.id]?.last.number ?? 0
    }

    /// Takes a client's report, and grants it permits.
    ///
    /// - Parameters:
    ///   - number: The exchange's number.
    ///   - known: When the record began that the client's store knew last; nil where it knows none. When another one has
    ///     taken its place, permits are granted only when the leases of the former have ended. Clients meanwhile use the
    ///     permits that they have, and report them.
    ///   - now: The time by the org's clock.
    package mutating func exchange(
        _ request: LeaseRequest, from program: SharingProgram, number: Int = 0, known: Int? = nil, now: Int
    ) -> LeaseReply {
        begin(known, now)
        correct(now)
        roll(now)
        expire(now)
        report(request, from: program, now)
        var served = request
        if pause > 0 { (served.waiting, served.prefetch) = (0, 0) }
        let held = held(by: program.principal)
        windows[program.principal]?.settle(held: held, knowsAll: pause == 0)
        expect(request, program, now)
        let share = LeaseShare(self, served, program, now)
        let granted = share.granted
        let part = part(of: program, request, now)
        members[program.id]?.part = max(part, request.share)
        grant(granted, of: served, to: program, now)
        var retry = granted < served.waiting ? share.retryAfter : nil
        if pause > 0, request.waiting > 0 { retry = max(share.retryAfter, pause - now) }
        members[program.id]?.due = now + (retry ?? 0)
        members[program.id]?.last = Account(
            number: number, granted: granted, returned: request.returned, unstated: request.unstated)
        var reply = reply(granted, retry, part, program, now)
        reply.aside = pause > 0 ? nil : share.aside
        return reply
    }

    private mutating func begin(_ known: Int?, _ now: Int) {
        if born == 0 { born = now }
        if let known, known != born { pause = born + SharedLimitTimes.lease }
        // It is later, or the clock was set. Clients may be a moment behind each other.
        if !(1...SharedLimitTimes.lease + SharedLimitTimes.leeway).contains(pause - now) { pause = 0 }
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
        // The client has not had the permits of a reply that was lost, and reports once more what it reported then.
        let last = members[program.id]?.last ?? Account()
        let lost = last.number > request.answered ? last : Account()
        window.remaining = max(0, window.remaining - max(0, request.unstated - lost.unstated))
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
        member.taken = max(0, member.taken - lost.granted - max(0, request.returned - lost.returned))
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
        if let sure = windows[program.principal]?.sure { windows[program.principal]?.sure = max(0, sure - count) }
    }

    /// The permits that the clients of a principal have.
    func held(by principal: String) -> Int {
        members.values.reduce(0) { $0 + ($1.principal == principal ? $1.held : 0) }
    }

    private func reply(
        _ granted: Int, _ retry: Int?, _ part: Int, _ program: SharingProgram, _ now: Int
    ) -> LeaseReply {
        let until = members[program.id]?.until ?? now
        return LeaseReply(
            granted: granted, duration: .milliseconds(until - now),
            retryAfter: retry.map { .milliseconds($0) },
            window: windows[program.principal]?.stated, share: Double(part) / Double(Self.whole))
    }
}
