/// The states that tests keep over HTTP, by id.
struct Snapshots: Sendable {
    private var states: [String: OrgState] = [:]
    private var count = 0

    /// Keeps a state; its id.
    mutating func add(_ org: OrgState) -> String {
        count += 1
        states[String(count)] = org
        return String(count)
    }

    subscript(id: String) -> OrgState? { states[id] }

    mutating func remove(_ id: String) -> Bool { states.removeValue(forKey: id) != nil }
}

extension OrgEngine {
    /// The state of an org at one moment.
    public struct Snapshot: Sendable {
        fileprivate let org: OrgState
    }

    /// The state now. It costs nothing until the org changes.
    public func snapshot() -> Snapshot { edit { Snapshot(org: $0.org) } }

    /// Goes back to a state.
    public func restore(_ snapshot: Snapshot) { edit { $0.restore(snapshot.org) } }

    /// Adds a fault that befalls requests to come.
    public func add(_ fault: Fault) { edit { $0.faults.add(fault) } }

    /// Takes back the faults that have not happened.
    public func removeFaults() { edit { $0.faults.removeAll() } }

    /// Makes searches see the state of some seconds ago, by the org's clock; 0 for the state now.
    public func delaySearch(by seconds: Int) { edit { $0.history = OrgHistory(delay: seconds) } }

    /// Turns rate limits on or off, and forgets what was counted.
    ///
    /// - Parameters:
    ///   - scale: A factor on all limits.
    ///   - concurrency: How many requests run at once; nil for any number.
    public func limit(enforced: Bool, scale: Double = 1, concurrency: Int? = 75) {
        edit { content in
            content.enforcesLimits = enforced
            content.limits = RateLimits(scale: scale, share: tokenShare)
            content.concurrency.limit = enforced ? concurrency : nil
        }
    }

    /// The requests so far, the latest last.
    public var requests: [JournalEntry] { edit { $0.journal.entries } }

    /// Forgets the requests so far.
    public func forgetRequests() { edit { $0.journal.removeAll() } }

    /// The requests that fit an expectation.
    ///
    /// - Throws: ``RequestMismatch``, which tells what was asked instead.
    @discardableResult
    public func expect(_ expectation: RequestExpectation) throws(RequestMismatch) -> [JournalEntry] {
        try expectation.check(requests)
    }
}

extension OrgEngine.Content {
    mutating func restore(_ state: OrgState) {
        org = state
        history = OrgHistory(delay: history.delay)
    }
}
