/// Former states of an org, for searches with a delay, as in real orgs.
struct OrgHistory: Sendable {
    /// The delay of searches in seconds; 0 for none.
    let delay: Int
    /// Former states, each with the second in which it was replaced, oldest first.
    private var past: [(until: OrgTime, org: OrgState)] = []

    /// The maximum delay: a day, which exceeds that of any real org.
    static let longest = 86_400

    init(delay: Int) { self.delay = min(max(delay, 0), Self.longest) }

    /// Keeps the state before a change, unless one of the same second is kept: times are whole seconds.
    mutating func keep(_ before: OrgState, changedTo after: OrgState) {
        guard delay > 0, before.changes != after.changes else { return }
        let now = after.now
        if past.last?.until != now { past.append((now, before)) }
        past.removeAll { $0.until.seconds < now.seconds - 2 * delay }
    }

    /// Returns the state that a search sees at a time.
    func state(at time: OrgTime, now org: OrgState) -> OrgState {
        // The first state that was replaced after the time that the search sees.
        past.first { $0.until.seconds > time.seconds - delay }?.org ?? org
    }
}
