/// Former states of an org, for searches that see the state of some seconds ago, as those of real orgs may.
struct OrgHistory: Sendable {
    /// By how many seconds a search is late; 0 for none.
    let delay: Int
    /// States, each with the second in which it was replaced, the oldest first.
    private var past: [(until: OrgTime, org: OrgState)] = []

    /// The longest delay: a day, which is longer than any search of an org is late.
    static let longest = 86_400

    init(delay: Int) { self.delay = min(max(delay, 0), Self.longest) }

    /// Keeps the state before a change, unless another one of the same second is kept: times are in whole seconds.
    mutating func keep(_ before: OrgState, changedTo after: OrgState) {
        guard delay > 0, before.changes != after.changes else { return }
        let now = after.now
        if past.last?.until != now { past.append((now, before)) }
        past.removeAll { $0.until.seconds < now.seconds - 2 * delay }
    }

    /// What a search sees at a time.
    func state(at time: OrgTime, now org: OrgState) -> OrgState {
        // The first state that was replaced after the moment that the search sees.
        past.first { $0.until.seconds > time.seconds - delay }?.org ?? org
    }
}
