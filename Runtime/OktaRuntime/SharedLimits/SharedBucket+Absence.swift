/// What the record sets aside for programs that may be going on without the store.
extension SharedBucket {
    /// A whole limit, in the unit of parts.
    package static let whole = 1_000_000

    /// Expects others back, when a client is back that has lost the store.
    mutating func expect(_ request: LeaseRequest, _ program: SharingProgram, _ now: Int) {
        members[program.id]?.isAlone = request.alone > .zero
        guard request.alone > .zero else { return }
        lost = max(lost, now - request.alone.milliseconds)
        expected = now + SharedLimitTimes.absence
    }

    /// Whether a client may be going on without the store.
    func isAwaited(_ member: Member, _ now: Int) -> Bool {
        guard now < expected, max(member.seen, member.due) >= lost - SharedLimitTimes.interest else { return false }
        return member.isAlone || member.seen <= lost
    }

    /// The part that a client may use without the store from now on: its fair one, less what others were
    /// granted. One that is silent for long is gone.
    func part(of program: SharingProgram, _ request: LeaseRequest, _ now: Int) -> Int {
        // What the former record stated holds until all clients are known.
        if pause > 0, request.share > 0 { return request.share }
        var weights = program.weight
        var told = 0
        for (id, member) in members where id != program.id {
            weights += member.weight
            let isPresent = now - max(member.seen, member.due) <= SharedLimitTimes.interest
            if isPresent || isAwaited(member, now) { told += member.part }
        }
        return max(0, min(Self.whole * program.weight / max(1, weights), Self.whole - told))
    }

    /// What a client may still send without the store, in a window of whose limit all together may use a number.
    func aside(_ member: Member, of usable: Int, _ now: Int) -> Int {
        isAwaited(member, now) ? max(0, max(1, usable * member.part / Self.whole) - member.taken) : 0
    }
}
