/// The parts of a client that an authorization may use: the org's URL, the transport and the server's clock.
public struct AuthorizationContext: Sendable {
    /// The org's origin, without a path, such as `https://acme.okta.com`.
    public let orgURL: String

    /// The client's transport, for requests such as the one for a token.
    public var transport: any Transport { sending.transport }

    /// The server's clock.
    public var clock: ServerClock { sending.clock }

    /// The timeouts for requests that the authorization makes itself.
    public let timeouts: TransportRequest.Timeouts

    /// The client's `User-Agent`, for requests that the authorization makes itself; `nil` for none. A call may carry
    /// another one, such as that of the browser of the person who signs in.
    public let userAgent: String?

    /// The deadline of the call that needs credentials, in elapsed time of the clock's source; `nil` for no limit.
    /// Waits on its behalf end by then.
    public var deadline: Duration?

    /// The error of the response under review when its status is not 2xx; nil for a response that the client has not
    /// read.
    package var error: ErrorResponse?

    /// The values to redact in every response, for any caller: the password of a proxy.
    package let secrets: Secrets

    /// Applies the client's rate limits to requests that the authorization makes itself.
    let sending: LimitedSend

    /// Creates a context that belongs to no client, with separate rate limits.
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
