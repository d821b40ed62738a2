/// What an authorization may use of its client: where the org is, the way there, and the time there.
public struct AuthorizationContext: Sendable {
    /// The org's origin, without a path, such as `https://acme.okta.com`.
    public let orgURL: String

    /// The client's transport, for requests such as the one for a token.
    public var transport: any Transport { sending.transport }

    /// The server's time.
    public var clock: ServerClock { sending.clock }

    /// How long requests of the authorization's own may take.
    public let timeouts: TransportRequest.Timeouts

    /// The client's `User-Agent`, for requests of the authorization's own; `nil` for none. A call may carry another,
    /// such as the browser's of a person who signs in.
    public let userAgent: String?

    /// When the call that asks for credentials must be over, by the elapsed time of the clock's source; `nil` for no limit.
    /// Who waits on its behalf waits no longer.
    public var deadline: Duration?

    /// What the answer under review says, when its status is not 2xx; nil for one that the client has not read.
    package var error: ErrorResponse?

    /// What no text of an answer may repeat, whoever asks: the password of a proxy.
    package let secrets: Secrets

    /// Lets requests of the authorization's own through as the org's limits allow: the client's own.
    let sending: LimitedSend

    /// Creates a session that is no client's, with rate limits of its own.
    public init(
        orgURL: String, transport: any Transport, clock: ServerClock, timeouts: TransportRequest.Timeouts,
        userAgent: String? = nil, deadline: Duration? = nil
    ) {
        let limiter = RateLimiter(policy: RateLimitPolicy(), time: clock.source, clock: clock)
        self.init(
            orgURL: orgURL, sending: LimitedSend(transport: transport, limiter: limiter, clock: clock),
            timeouts: timeouts, userAgent: userAgent, secrets: Secrets())
        self.deadline = deadline
    }

    init(
        orgURL: String, sending: LimitedSend, timeouts: TransportRequest.Timeouts, userAgent: String?, secrets: Secrets
    ) {
        self.orgURL = orgURL
        self.sending = sending
        self.timeouts = timeouts
        self.userAgent = userAgent
        self.secrets = secrets
    }
}
