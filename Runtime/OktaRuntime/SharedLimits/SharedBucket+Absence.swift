/// Permits that are set aside for clients that may be working without the store.
extension SharedBucket {
    /// The share that equals a whole limit: shares are in millionths.
    package static let whole = 1_000_000

    /// Returns the number of calls in a share of a limit. A share of a third is stored as 333,333 millionths, which is
    /// one call of three.
    package static func calls(of usable: Int, part: Int) -> Int { usable * (part + 1) / whole }

    /// Starts to wait for other clients when a client that had lost the store is back, and for all clients after a
    /// pause.
    mutating func expect(_ request: LeaseRequest, _ program: SharingProgram, hasFormerShare: Bool, _ now: Int) {
        members[program.id]?.isAlone = request.alone > .zero || pause > 0 && hasFormerShare
        if pause > 0 { expected = max(expected, pause + SharedLimitTimes.absence) }
        guard request.alone > .zero else { return }
        lost = max(lost, now - request.alone.milliseconds)
        expected = max(expected, now + SharedLimitTimes.absence)
    }

    /// Returns whether a client may be working without the store.
    func isAwaited(_ member: Member, _ now: Int) -> Bool {
        guard now < expected, max(member.seen, member.due) >= lost - SharedLimitTimes.interest else { return false }
        return member.isAlone || member.seen <= lost
    }

    /// Returns the share that a client may use without the store from now on: its fair share, but at most what the
    /// shares of the others leave. Clients without an exchange for ten seconds do not count.
    func part(of program: SharingProgram, _ request: LeaseRequest, hasFormerShare: Bool, _ now: Int) -> Int {
        // The shares of the replaced record remain valid until all clients have reported.
        if pause > 0 { return hasFormerShare ? request.share : 0 }
        var weights = program.weight
        var taken = 0
        for (id, member) in members where id != program.id {
            guard now - member.seen <= SharedLimitTimes.interest || isAwaited(member, now) else { continue }
            weights += member.weight
            taken += member.part
        }
        return max(0, min(Self.whole * program.weight / max(1, weights), Self.whole - taken))
    }

    /// Returns the number of calls that a client may still make without the store in a window with `usable` calls.
    func aside(_ member: Member, of usable: Int, _ now: Int) -> Int {
        isAwaited(member, now) ? max(0, max(1, Self.calls(of: usable, part: member.part)) - member.taken) : 0
    }
}
