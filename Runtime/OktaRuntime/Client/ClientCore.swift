internal import HTTPTypes

/// The state shared by all copies of a client, and the single path of all calls.
final class ClientCore: Sendable {
    let configuration: OktaConfiguration
    let context: AuthorizationContext
    let sending: LimitedSend
    let backoff: Backoff
    let time: any ServerClock.Source
    let encoder: RequestEncoder

    /// - Parameters:
    ///   - time: The clock and the sleep function.
    ///   - generator: The source of the random part of waits.
    ///   - executor: The executor of background work; `nil` for the default executor.
    init(
        configuration: OktaConfiguration,
        transport: (any HTTPTransport)?,
        time: any ServerClock.Source = ServerClock.SystemSource(),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        executor: (any TaskExecutor)? = nil
    ) throws(OktaError) {
        try configuration.rateLimits.check()
        try configuration.rateLimitSharing?.check()
        self.configuration = configuration
        self.time = time
        encoder = try RequestEncoder(configuration: configuration)
        let transport: any HTTPTransport =
            if let transport { transport } else { try CurlTransport.start(CurlTransport.Options(configuration)) }
        let clock = ServerClock(source: time)
        let limiter = RateLimiter(
            policy: configuration.rateLimits, time: time, clock: clock, executor: executor,
            link: RateLimiter.StoreLink(configuration))
        sending = LimitedSend(transport: transport, limiter: limiter, clock: clock)
        context = AuthorizationContext(
            orgURL: configuration.orgURL, sending: sending, timeouts: configuration.timeouts,
            userAgent: encoder.userAgent, secrets: Secrets(configuration))
        backoff = Backoff(generator: generator)
    }

    var limiter: RateLimiter { sending.limiter }

    /// Creates the call for a request.
    ///
    /// - Parameter maximumBytes: The largest body to accept, instead of the configuration's.
    @inline(never)
    func call(
        _ request: consuming OktaRequest, _ setup: consuming CallExecutor.Setup, maximumBytes: Int? = nil
    ) throws(OktaError) -> CallExecutor {
        var encoded = try encoder.encode(request, setup.options)
        if let maximumBytes { encoded.maximumResponseBytes = maximumBytes }
        // A streamed body may already be open, so the call must keep it.
        setup.canBeEncodedAgain = maximumBytes == nil && encoded.streamedBody == nil
        return CallExecutor(request, consume encoded, setup, core: self)
    }

    /// Encodes the request of a call.
    func encoded(
        _ request: OktaRequest, _ options: Shared<OktaClient.Options>
    ) throws(OktaError) -> TransportRequest {
        try encoder.encode(request, options)
    }

    /// Sends a complete request to the org unchanged. A 2xx response and a very long error are returned without the
    /// body, which has begun and which the caller reads.
    ///
    /// - Parameter call: The request as a call of this client: its bucket and its credentials.
    func forward(
        _ request: TransportRequest, as call: OktaRequest, options: Shared<OktaClient.Options>
    ) async throws(OktaError) -> (response: OktaResponse, body: BodyReader?) {
        var complete = request
        complete.head.scheme = configuration.origin.scheme
        complete.head.authority = configuration.origin.authority
        complete.timeouts = configuration.timeouts
        if let timeout = options.value.timeout { complete.timeouts.total = timeout }
        complete.maximumResponseBytes = .max
        if call.credentials.usesClientAuthorization, let fixed = encoder.fixedCredentials {
            complete.head.headerFields.replace(with: fixed)
        }
        var options = options
        if complete.head.headerFields.contains(where: { $0.name.canonicalName == "dpop" }) {
            // A DPoP proof is valid once (RFC 9449, section 4.3), and only the owner of the key can create another.
            var single = options.value
            single.retry = RetryPolicy(maximumAttempts: 1)
            options = Shared(single)
        }
        let setup = CallExecutor.Setup(options: options, isStreamed: true, awaitsBody: true)
        let executor = CallExecutor(call, complete, setup, core: self)
        let response = try await executor.run()
        return (response, executor.body)
    }
}

extension RateLimiter.StoreLink {
    /// Creates the link to the configuration's store. Returns `nil` if there is none.
    init?(_ configuration: OktaConfiguration) {
        guard let sharing = configuration.rateLimitSharing else { return nil }
        let program = SharingProgram(
            id: SharingProgram.newID(), name: sharing.program, weight: sharing.weight,
            principal: configuration.authorization.principal)
        let (observers, orgURL) = (configuration.observers, configuration.orgURL)
        self.init(sharing: sharing, org: orgURL, program: program) { change in
            let state: ObservedStore.State =
                switch change {
                case .lost(let reason): .unreachable(reason: ForeignText.shown(reason))
                case .restored: .reachable
                }
            for observer in observers { observer.storeDidChange(ObservedStore(orgURL: orgURL, state: state)) }
        }
    }
}

extension CurlTransport.Options {
    /// Creates the transport's options from a configuration.
    init(_ configuration: OktaConfiguration) {
        self.init(
            caBundlePath: configuration.caBundlePath, clientCertificate: configuration.clientCertificate,
            proxy: configuration.proxy)
        // An admitted call must not wait for a connection while its timeout runs.
        maximumConnectionsPerHost = min(
            max(maximumConnectionsPerHost, configuration.rateLimits.maximumConcurrentCalls), 1024)
    }
}

extension CurlTransport {
    /// Starts a transport for a client.
    static func start(_ options: Options) throws(OktaError) -> CurlTransport {
        do {
            return try CurlTransport(options: options)
        } catch {
            throw .transport(.init(error))
        }
    }
}
