/// States that tests store over HTTP, by id.
struct Snapshots: Sendable {
    private var states: [String: OrgState] = [:]
    private var count = 0

    /// Stores a state and returns its id.
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

    /// Returns the current state. It costs nothing until the org changes.
    public func snapshot() -> Snapshot { edit { Snapshot(org: $0.org) } }

    /// Restores a state.
    public func restore(_ snapshot: Snapshot) { edit { $0.restore(snapshot.org) } }

    /// Adds a fault for future requests.
    public func add(_ fault: Fault) { edit { $0.faults.add(fault) } }

    /// Removes the pending faults.
    public func removeFaults() { edit { $0.faults.removeAll() } }

    /// Delays searches by seconds of the org's clock; 0 for no delay.
    public func delaySearch(by seconds: Int) { edit { $0.history = OrgHistory(delay: seconds) } }

    /// Turns rate limits on or off, and resets the counts.
    ///
    /// - Parameters:
    ///   - enforced: Whether calls beyond a limit are refused.
    ///   - scale: A factor for all limits.
    ///   - concurrency: The maximum number of concurrent requests; nil for no limit.
    public func limit(enforced: Bool, scale: Double = 1, concurrency: Int? = 75) {
        edit { content in
            content.enforcesLimits = enforced
            content.limits = RateLimits(scale: scale, share: tokenShare)
            content.concurrency.limit = enforced ? concurrency : nil
        }
    }

    /// The requests, newest last.
    public var requests: [ReceivedRequest] { edit { $0.journal.entries } }

    /// Removes the requests from the journal.
    public func forgetRequests() { edit { $0.journal.removeAll() } }

    /// Returns the requests that match an expectation.
    ///
    /// - Throws: ``RequestMismatch``, which lists the actual requests.
    @discardableResult
    public func expect(_ expectation: RequestExpectation) throws(RequestMismatch) -> [ReceivedRequest] {
        try expectation.check(requests)
    }
}

extension OrgEngine.Content {
    mutating func restore(_ state: OrgState) {
        org = state
        history = OrgHistory(delay: history.delay)
    }
}
