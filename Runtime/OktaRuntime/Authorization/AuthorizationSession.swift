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

    /// When the call that asks for credentials must be over, by the elapsed time of the clock's source; `nil` for no limit.
    /// Who waits on its behalf waits no longer.
    public var deadline: Duration?

    /// Lets requests of the authorization's own through as the org's limits allow: the client's own governor.
    let governor: RateGovernor

    /// Creates a session that is no client's, with rate limits of its own.
    public init(
        orgURL: String, transport: any Transport, clock: ServerClock, timeouts: TransportTimeouts,
        deadline: Duration? = nil
    ) {
        self.init(
            orgURL: orgURL, transport: transport, clock: clock, timeouts: timeouts,
            governor: RateGovernor(policy: RateLimitPolicy(), time: clock.source, clock: clock))
        self.deadline = deadline
    }

    init(
        orgURL: String, transport: any Transport, clock: ServerClock, timeouts: TransportTimeouts,
        governor: RateGovernor
    ) {
        self.orgURL = orgURL
        self.transport = transport
        self.clock = clock
        self.timeouts = timeouts
        self.governor = governor
    }
}
