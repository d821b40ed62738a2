package import HTTPTypes

/// The parts of a client that an authorization may use: the org's URL, the transport and the server's clock.
public struct AuthorizationContext: Sendable {
    /// The org's origin, without a path, such as `https://acme.okta.com`.
    public let orgURL: String

    /// The client's transport, for requests such as the one for a token.
    public var transport: any HTTPTransport { sending.transport }

    /// The server's clock.
    public var clock: ServerClock { sending.clock }

    /// The timeouts for requests that the authorization makes itself.
    public let timeouts: TransportRequest.Timeouts

    /// The client's `User-Agent`, for requests that the authorization makes itself; `nil` for none. A call may override
    /// it, for example with the value of the browser of the person who signs in.
    public let userAgent: String?

    /// The deadline of the call that needs credentials, in elapsed time of the clock's source; `nil` for no limit. The
    /// authorization must return or throw before it.
    public var deadline: Duration?

    /// The error in the response passed to ``RequestAuthorization/refresh(after:to:in:)``; `nil` for a 2xx status or a
    /// response that the client has not read.
    package var error: ErrorResponse?

    /// The values to redact in all responses, such as the password of a proxy.
    package let secrets: Secrets

    /// Applies the client's rate limits to requests that the authorization makes itself.
    let sending: LimitedSend

    /// Creates a context without a client, with separate rate limits.
    public init(
        orgURL: String, transport: any HTTPTransport, clock: ServerClock, timeouts: TransportRequest.Timeouts,
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

extension AuthorizationContext {
    /// A request that the authorization makes itself, signed and ready to be sent once.
    package struct SignedRequest<Details> {
        package var request: TransportRequest
        /// The secrets of the request, which an error must not contain.
        package var secrets: Secrets
        /// Details that the sender needs with the response.
        package var details: Details

        package init(request: TransportRequest, secrets: Secrets = Secrets(), details: Details) {
            self.request = request
            self.secrets = secrets
            self.details = details
        }
    }

    /// The result of a request that the authorization made itself.
    package struct Exchange<Details> {
        package let response: TransportResponse
        /// The error if the status is not 2xx.
        package let error: ErrorResponse?
        /// The meaning of a 429 response.
        package let signal: RateLimitSignal?
        package let rateLimit: RateLimit?
        package let details: Details
    }

    /// Sends a request that the authorization makes itself, such as a token request, once the org's rate limits allow
    /// it. Reads the rate limit and the server's time from the response.
    ///
    /// - Parameters:
    ///   - method: The method, for the limit.
    ///   - path: The path, for the limit.
    ///   - limit: The latest time at which the request may be sent; `nil` to wait until the task is cancelled.
    ///   - prepare: Signs the request immediately before it is sent.
    /// - Throws: ``OktaError``. ``OktaError/rateLimited(_:)`` if the request cannot be sent in time.
    package func send<Details>(
        _ method: HTTPRequest.Method, _ path: RequestPath, until limit: Duration? = nil,
        prepare: () throws(OktaError) -> SignedRequest<Details>
    ) async throws(OktaError) -> Exchange<Details> {
        guard !Task.isCancelled else { throw .cancelled }
        let key = RateLimitKey(method: method, path: path, isForCredentials: true)
        var now = clock.source.elapsed
        let permit: Permit
        let admission = sending.limiter.acquire(key, ticket: nil, deadline: limit, now: now)
        switch try await sending.admit(admission, now: &now) {
        case .granted(let granted): permit = granted
        case .tooLate(let wait): throw sending.failure(key, path: path.encoded, wait: wait)
        }
        let prepared: SignedRequest<Details>
        do throws(OktaError) {
            prepared = try prepare()
        } catch {
            sending.release(permit)
            throw error
        }
        let attempt = await sending.send(prepared.request, under: permit) {
            var secrets = prepared.secrets
            secrets.add(self.secrets)
            return secrets
        }
        switch attempt.outcome {
        case .success(let response):
            return Exchange(
                response: response, error: attempt.error, signal: attempt.signal, rateLimit: attempt.rateLimit,
                details: prepared.details)
        case .failure(let error):
            guard error.kind != .cancelled else { throw .cancelled }
            // Requesting credentials again has no effect in the org.
            var harmless = error
            harmless.mayHaveReachedServer = false
            throw .transport(.init(harmless, method: method, path: path.encoded))
        }
    }
}
