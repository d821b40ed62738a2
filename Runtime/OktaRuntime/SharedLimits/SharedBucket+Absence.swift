/// Permits that are set aside for clients that may be working without the store.
extension SharedBucket {
    /// The share that equals a whole limit: shares are in millionths.
    package static let whole = 1_000_000

    /// Starts to wait for other clients when a client that had lost the store is back.
    mutating func expect(_ request: LeaseRequest, _ program: SharingProgram, _ now: Int) {
        members[program.id]?.isAlone = request.alone > .zero
        guard request.alone > .zero else { return }
        lost = max(lost, now - request.alone.milliseconds)
        expected = now + SharedLimitTimes.absence
    }

    /// Returns whether a client may be working without the store.
    func isAwaited(_ member: Member, _ now: Int) -> Bool {
        guard now < expected, max(member.seen, member.due) >= lost - SharedLimitTimes.interest else { return false }
        return member.isAlone || member.seen <= lost
    }

    /// Returns the share that a client may use without the store from now on: its fair share, but at most what the
    /// shares of the others leave. Clients without an exchange for a long time do not count.
    func part(of program: SharingProgram, _ request: LeaseRequest, _ now: Int) -> Int {
        // The share from the replaced record remains valid until all clients have reported.
        if pause > 0, request.share > 0 { return request.share }
        var weights = program.weight
        var taken = 0
        for (id, member) in members where id != program.id {
            weights += member.weight
            let isPresent = now - max(member.seen, member.due) <= SharedLimitTimes.interest
            if isPresent || isAwaited(member, now) { taken += member.part }
        }
        return max(0, min(Self.whole * program.weight / max(1, weights), Self.whole - taken))
    }

    /// Returns the number of calls that a client may still make without the store in a window with `usable` calls.
    func aside(_ member: Member, of usable: Int, _ now: Int) -> Int {
        isAwaited(member, now) ? max(0, max(1, usable * member.part / Self.whole) - member.taken) : 0
    }
}
