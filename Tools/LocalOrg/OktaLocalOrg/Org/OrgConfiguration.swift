/// How a local org is made.
public struct OrgConfiguration: Sendable {
    /// Ids and random choices are the same under one seed.
    public var seed: UInt64 = 1
    /// The first part of the org's domain, as names of apps contain it.
    public var subdomain = "local"
    /// The API tokens that are accepted; empty for any token.
    public var tokens: Set<String> = []
    /// Whether a request without a valid token is refused.
    public var requiresToken = true
    /// What the org has bought and turned on.
    public var features = OrgFeatures()
    /// Whether requests are counted and refused beyond the limits.
    public var enforcesRateLimits = false
    /// A factor on all rate limits.
    public var rateLimitScale = 1.0
    /// The percentage of a limit that one token gets.
    public var tokenShare = 50
    /// How many requests run at once where limits are enforced; nil for any number. It counts those of a server.
    public var concurrencyLimit: Int? = 75
    /// By how many seconds a search is late: it sees the state of that time ago, as those of real orgs may.
    public var searchDelay = 0
    /// Faults that befall requests.
    public var faults: [Fault] = []
    /// The clock.
    public var clock = OrgClock.system()
    /// How many requests the journal keeps; 0 for none.
    public var journalCapacity = 10_000

    /// A current org with the machine's clock.
    public init() {}
}
