import OktaRuntime
internal import Synchronization

/// A local org without sockets. It handles one request at a time.
public final class OrgEngine: Sendable {
    /// The mutable content.
    struct Content {
        var org: OrgState
        var history: OrgHistory
        var limits: RateLimits
        var enforcesLimits: Bool
        var concurrency: ConcurrencyLimit
        var faults: FaultPlan
        var journal: RequestJournal
        var snapshots = Snapshots()
        var date = DateFieldCache()
    }

    let configuration: OrgConfiguration
    let content: Mutex<Content>
    private let initial: OrgState
    let callers: CallerCheck
    /// Hook calls, which run concurrently with requests.
    let hooks: HookQueue

    /// Creates an org with the groups, policies and schemas that every new org has.
    public init(_ configuration: OrgConfiguration = OrgConfiguration()) {
        self.configuration = configuration
        hooks = HookQueue(timeout: configuration.hookTimeout)
        callers = CallerCheck(tokens: configuration.tokens, requiresToken: configuration.requiresToken)
        var initial = InitialOrg.org(
            seed: configuration.seed, subdomain: configuration.subdomain, features: configuration.features,
            now: configuration.clock.now, idTail: "5d7")
        initial.isOpen = !configuration.requiresToken
        self.initial = initial
        content = Mutex(
            Content(
                org: initial, history: OrgHistory(delay: configuration.searchDelay),
                limits: RateLimits(scale: configuration.rateLimitScale, share: configuration.tokenShare),
                enforcesLimits: configuration.enforcesRateLimits,
                concurrency: ConcurrencyLimit(
                    limit: configuration.enforcesRateLimits ? configuration.concurrencyLimit : nil),
                faults: FaultPlan(configuration.faults, seed: configuration.seed),
                journal: RequestJournal(capacity: configuration.requestJournalCapacity)))
    }

    /// The coverage of each action of the catalogs.
    public static var coverage: [CoverageRow] { OperationCatalog.coverage }

    /// Resets the org to its initial state, and removes requests, pending faults and request counts.
    public func reset() {
        edit { content in
            content.org = initial
            content.history = OrgHistory(delay: content.history.delay)
            content.limits = RateLimits(scale: configuration.rateLimitScale, share: configuration.tokenShare)
            content.journal.removeAll()
            content.faults.removeAll()
        }
        hooks.removeAll()
    }

    /// Changes the content.
    func edit<Result>(_ change: (inout Content) throws -> Result) rethrows -> Result {
        try content.withLock { try change(&$0) }
    }

    /// Changes the state, for seeding.
    func edit<Result>(state change: (inout OrgState) throws -> Result) rethrows -> Result {
        try edit { content in
            // The copy makes the next change copy the store, so it is only made for delayed searches.
            let before = content.history.delay > 0 ? content.org : nil
            defer { if let before { content.history.keep(before, changedTo: content.org) } }
            return try change(&content.org)
        }
    }

    /// The clock, and a token's share of a limit, for `LocalControl`.
    var clock: OrgClock { configuration.clock }
    var tokenShare: Int { configuration.tokenShare }
}
