/// What an authorization may use of its client: where the org is, the way there, and the time there.
public struct AuthorizationSession: Sendable {
    /// The org's origin, without a path, such as `https://acme.okta.com`.
    public let orgURL: String

    /// The client's transport, for requests such as the one for a token.
    public let transport: any Transport

    /// The server's time.
    public let clock: ServerClock

    /// How long requests of the authorization's own may take.
    public let timeouts: TransportTimeouts

    /// The client's `User-Agent`, for requests of the authorization's own; `nil` for none. A call may carry another,
    /// such as the browser's of a person who signs in.
    public let userAgent: String?

    /// When the call that asks for credentials must be over, by the elapsed time of the clock's source; `nil` for no limit.
    /// Who waits on its behalf waits no longer.
    public var deadline: Duration?

    /// Lets requests of the authorization's own through as the org's limits allow: the client's own governor.
    let governor: RateGovernor

    /// Creates a session that is no client's, with rate limits of its own.
    public init(
        orgURL: String, transport: any Transport, clock: ServerClock, timeouts: TransportTimeouts,
        userAgent: String? = nil, deadline: Duration? = nil
    ) {
        self.init(
            orgURL: orgURL, transport: transport, clock: clock, timeouts: timeouts, userAgent: userAgent,
            governor: RateGovernor(policy: RateLimitPolicy(), time: clock.source, clock: clock))
        self.deadline = deadline
    }

    init(
        orgURL: String, transport: any Transport, clock: ServerClock, timeouts: TransportTimeouts,
        userAgent: String?, governor: RateGovernor
    ) {
        self.orgURL = orgURL
        self.transport = transport
        self.clock = clock
        self.timeouts = timeouts
        self.userAgent = userAgent
        self.governor = governor
    }
}
