/// The configuration of a local org.
public struct OrgConfiguration: Sendable {
    /// The seed for ids and random choices: equal seeds give equal results.
    public var seed: UInt64 = 1
    /// The first label of the org's domain, which also occurs in names of apps.
    public var subdomain = "local"
    /// The accepted API tokens; if empty, any token is accepted.
    public var tokens: Set<String> = []
    /// Whether requests without a valid token are rejected.
    public var requiresToken = true
    /// The products and features of the org.
    public var features = OrgFeatures()
    /// Whether requests over a rate limit are rejected.
    public var enforcesRateLimits = false
    /// A factor for all rate limits.
    public var rateLimitScale = 1.0
    /// The percentage of a limit that one token gets.
    public var tokenShare = 50
    /// The maximum number of concurrent requests if limits are enforced; nil for no limit. Only a server counts
    /// requests.
    public var concurrencyLimit: Int? = 75
    /// The delay of searches in seconds: a search sees the state of that time ago, as in real orgs.
    public var searchDelay = 0
    /// The faults to inject.
    public var faults: [Fault] = []
    /// The clock.
    public var clock = OrgClock.system()
    /// The maximum number of requests in the journal; 0 for none.
    public var journalCapacity = 10_000

    /// Creates the configuration of a current org with the system clock.
    public init() {}
}
