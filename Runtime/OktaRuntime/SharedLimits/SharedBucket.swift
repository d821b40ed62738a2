/// The shared record of a bucket: the limit of each principal, and the permits that each client holds.
///
/// A client holds a permit until it reports the end of the call. The calls that may still be sent are therefore the
/// remaining calls that the newest response stated, less the permits that clients hold. The stated number is
/// authoritative, because other programs make calls too: every report lowers the count to it.
///
/// If a client stops without a report, its lease expires. The org may have counted its calls, or may count them when
/// they arrive. The permits are therefore in doubt until one of these events: the response to a call that was sent well
/// after the lease's end states the remaining calls, the client reports again, or the window after the doubt has begun.
/// A doubt may outlast a window, because a call that is sent before the end of a window may be counted after it.
///
/// The record consists of plain values and whole numbers only (permits, weights, thousandths, and milliseconds of the
/// org's clock), so that a script in a database can implement the same algorithm.
package struct SharedBucket: Sendable, Hashable {
    /// The limit of one principal.
    package struct Window: Sendable, Hashable {
        package var limit = 0
        package var remaining = 0
        /// The permits that certainly remain and that no client holds, unless programs without the store make calls.
        /// The number may exceed `remaining` less the permits in doubt and those held, because the org may have counted
        /// some of these already.
        package var sure = 0
        /// The end of the window; 0 until a response has stated it.
        package var reset = 0
        /// The end of the previous window.
        package var lastReset = 0
        /// The time before which no call is sent, because the org refused one without stating a reset.
        package var hold = 0
        /// The permits in doubt.
        package var doubts: [Doubt] = []
    }

    /// Permits of a client whose lease has ended.
    package struct Doubt: Sendable, Hashable {
        package var count: Int
        /// The time at which the org has counted all calls that were sent under the lease.
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
        /// The unused permits, and those of calls in flight.
        package var held = 0
        /// The time at which the held permits expire.
        package var until = 0
        /// The permits taken in the window, less those returned.
        package var taken = 0
        /// The number of calls that wait for a permit.
        package var unmet = 0
        package var seen = 0
        /// The time at which the client was asked to come back; otherwise the time of its last exchange.
        package var due = 0
        /// The share of the limit that the client may use without the store, in millionths.
        package var part = 0
        /// Whether the client had lost the store before its last exchange. If it does not receive the reply, it
        /// continues without the store.
        package var isAlone = false
        package var last = Account()
    }

    /// The changes made by the last exchange of a client, whose reply may have been lost.
    package struct Account: Sendable, Hashable {
        /// The exchange's number.
        package var number = 0
        package var granted = 0
        package var returned = 0
        package var unstated = 0
    }

    /// The limits by principal.
    package var windows: [String: Window] = [:]
    /// The clients by ``SharingProgram/id``.
    package var members: [String: Member] = [:]
    /// The creation time of the record, by which clients recognize it; 0 before the first exchange.
    package var born = 0
    /// The same by the org's clock, as soon as the store knows it; 0 before the next exchange.
    package var began = 0
    /// The time before which no permits are granted, because clients may hold leases that the record does not know.
    package var pause = 0
    /// The latest time at which a client that is back had lost the store; 0 if none has.
    package var lost = 0
    /// The time until which other clients that lost the store are expected back.
    package var expected = 0

    /// The number of calls that may be in flight together before a response has stated the limit.
    package static let firstCalls = 4

    package init() {}

    /// Returns whether the record has already processed this exchange of the client or a later one.
    package func isLate(_ number: Int, from program: SharingProgram) -> Bool {
        number > 0 && number <= members[program.id]?.last.number ?? 0
    }

    /// Applies a client's report and grants it permits.
    ///
    /// - Parameters:
    ///   - number: The exchange's number.
    ///   - known: The creation time of the record that the client's store last used; `nil` if there is none. If this
    ///     record has replaced it, permits are granted only after the leases of the old record have expired. Until
    ///     then, clients use the permits that they hold and their shares, and report them.
    ///   - now: The time by the org's clock.
    package mutating func exchange(
        _ request: LeaseRequest, from program: SharingProgram, number: Int = 0, known: Int? = nil, now: Int
    ) -> LeaseReply {
        begin(known, now)
        // A client of the replaced record has a share of it, which is marked at its first exchange.
        let hasFormerShare = known.map { $0 != born } ?? false || members[program.id]?.isAlone ?? false
        correct(now)
        roll(now)
        expire(now)
        report(request, from: program, now)
        var served = request
        if pause > 0 { (served.waiting, served.prefetch) = (0, 0) }
        let held = held(by: program.principal)
        windows[program.principal]?.settle(held: held, knowsAll: pause == 0)
        expect(request, program, hasFormerShare: hasFormerShare, now)
        let share = LeaseShare(self, served, program, now)
        let granted = share.granted
        let part = part(of: program, request, hasFormerShare: hasFormerShare, now)
        members[program.id]?.part = max(part, request.share)
        grant(granted, of: served, to: program, now)
        var retry = granted < served.waiting ? share.retryAfter : nil
        if pause > 0, request.waiting > 0 { retry = max(share.retryAfter, pause - now) }
        members[program.id]?.due = now + (retry ?? 0)
        members[program.id]?.last = Account(
            number: number, granted: granted, returned: request.returned, unstated: request.unstated)
        var reply = reply(granted, retry, part, program, now)
        reply.aside = pause > 0 ? nil : share.aside
        reply.isPaused = pause > 0
        return reply
    }

    private mutating func begin(_ known: Int?, _ now: Int) {
        if born == 0 { born = now }
        if began == 0 { began = now }
        if let known, known != born { pause = began + SharedLimitTimes.lease }
        // The pause has ended, or the clock was set. The leeway allows for the different clocks of clients.
        if !(1...SharedLimitTimes.lease + SharedLimitTimes.leeway).contains(pause - now) { pause = 0 }
    }

    // MARK: Report

    private mutating func report(_ request: LeaseRequest, from program: SharingProgram, _ now: Int) {
        if let stated = request.stated, windows[program.principal]?.isFollowed(by: stated, now) ?? false {
            beginWindow(of: program.principal)
        }
        var window = windows[program.principal] ?? Window()
        // A client that reports again knows which permits it holds.
        window.doubts.removeAll { $0.owner == program.id }
        if let stated = request.stated { window.note(stated, now) }
        // If the last reply was lost, the client did not get its permits, and repeats its report in this exchange.
        let last = members[program.id]?.last ?? Account()
        let lost = last.number > request.acknowledged ? last : Account()
        window.remaining = max(0, window.remaining - max(0, request.unstated - lost.unstated))
        if request.isExhausted {
            // A refusal in a past window does not apply to the current one.
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
        if let taken = request.taken, let stated = request.stated, stated.reset.milliseconds == window.reset {
            // The client also knows what it has sent without the store, and the record may be new.
            member.taken = taken
        }
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

    /// Returns the number of permits that the clients of a principal hold.
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
