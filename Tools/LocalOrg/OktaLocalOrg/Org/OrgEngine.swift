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

extension OrgEngine {
    /// Returns the code that a factor expects: the last one sent, or the current one of an authenticator app.
    ///
    /// - Parameter factor: The id of a factor.
    /// - Returns: Six digits; nil if the factor expects no code.
    public func passCode(ofFactor factor: String) -> String? {
        edit(state: { org in FactorProofs.passCode(ofFactor: factor, org) })
    }

    /// Simulates the user's response on a device: activates a pending enrollment, or responds to the waiting pushes.
    ///
    /// - Parameters:
    ///   - factor: The id of a push factor.
    ///   - accepting: Whether the user accepts the push rather than rejecting it.
    /// - Returns: Whether the factor exists.
    @discardableResult
    public func respondToPush(ofFactor factor: String, accepting: Bool = true) -> Bool {
        edit(state: { org in FactorPushes.respond(toAllOf: factor, accepting: accepting, &org) })
    }
}

extension OrgEngine {
    /// The messages with codes for users, newest last. A local org does not send them.
    public var messages: [OrgMessage] { edit(state: { $0.messages }) }

    /// Returns all hook calls after the queued ones have completed. Hooks on this machine are called over HTTP; all
    /// others are listed with the reason why they were not called.
    public func deliveries() async -> [HookDelivery] { await hooks.deliveries() }

    /// Handles a request, and calls the hook that the response depends on: to verify an event hook, to test an
    /// inline hook, or to change tokens.
    public func respond(to request: LocalRequest) async -> LocalResponse {
        await respond(to: request, isAdmitted: true).response
    }

    /// Handles a request as `respond(to:)` does, and also returns the fault that the server has to inject.
    func respond(
        to request: LocalRequest, isAdmitted: Bool
    ) async -> (response: LocalResponse, fault: Fault?) {
        // The list of calls includes all that earlier requests caused.
        if request.target.hasPrefix("/_local/deliveries") { _ = await hooks.deliveries() }
        var (response, fault, hook) = perform(request, isAdmitted: isAdmitted, callsHooks: true)
        let entry = hook?.entry
        while let next = hook { (response, hook) = finish(next, await hooks.call(next.delivery), response) }
        if let fault, let entry {
            let url = Self.origin(of: request, configuration.subdomain) + request.target
            fault.kind.spoil(&response, url: url, milliseconds: fault.milliseconds)
            edit { content in content.journal.set(status: response.status, ofEntry: entry) }
        }
        return (response, fault)
    }
}
