/// The configuration of a local org. Each property states its default.
public struct OrgConfiguration: Sendable {
    /// The seed for ids and random choices: equal seeds give equal results. Defaults to 1.
    public var seed: UInt64 = 1
    /// The first label of the org's domain, which also occurs in names of apps. Defaults to `local`.
    public var subdomain = "local"
    /// The accepted API tokens; if empty, which is the default, any token is accepted.
    public var tokens: Set<String> = []
    /// Whether requests without a valid token are rejected. Defaults to true.
    public var requiresToken = true
    /// The products and features of the org. Defaults to those of a current org.
    public var features = OrgFeatures()
    /// Whether requests over a rate limit are rejected. Defaults to false.
    public var enforcesRateLimits = false
    /// A factor for all rate limits. Defaults to 1.
    public var rateLimitScale = 1.0
    /// The percentage of a limit that one token gets. Defaults to 50.
    public var tokenShare = 50
    /// The maximum number of concurrent requests if limits are enforced; nil for no limit. Defaults to 75. Only a
    /// server counts requests.
    public var concurrencyLimit: Int? = 75
    /// The delay of searches in seconds: a search sees the state of that time ago, as in real orgs. Defaults to 0.
    public var searchDelay = 0
    /// The faults to inject. Defaults to none.
    public var faults: [Fault] = []
    /// The clock of the org. Defaults to the system's.
    public var clock = OrgClock.system()
    /// The time limit for a hook's response, for each attempt. Defaults to Okta's three seconds. A test on a busy machine
    /// needs more.
    public var hookTimeout = Duration.seconds(3)
    /// The number of latest requests that the journal keeps; 0 for none. Defaults to 10,000. Older requests are
    /// removed in batches, so the journal may have up to twice as many.
    public var requestJournalCapacity = 10_000

    /// Creates the configuration of a current org with the system clock.
    public init() {}
}
