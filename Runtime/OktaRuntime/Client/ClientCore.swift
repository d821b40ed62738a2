internal import HTTPTypes

/// State that all copies of a client share, and the single path that every call takes.
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
    ///   - executor: Runs work that no call waits for; nil for the default executor.
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
        let way: any HTTPTransport
        if let transport {
            way = transport
        } else {
            way = try CurlTransport.start(CurlTransport.Options(configuration))
        }
        let clock = ServerClock(source: time)
        let limiter = RateLimiter(
            policy: configuration.rateLimits, time: time, clock: clock, executor: executor,
            link: RateLimiter.StoreLink(configuration))
        sending = LimitedSend(transport: way, limiter: limiter, clock: clock)
        context = AuthorizationContext(
            orgURL: configuration.orgURL, sending: sending, timeouts: configuration.timeouts,
            userAgent: encoder.userAgent, secrets: Secrets(configuration))
        backoff = Backoff(generator: generator)
    }

    var limiter: RateLimiter { sending.limiter }

    /// The call for a request.
    ///
    /// - Parameter maximumBytes: The largest body to accept, instead of the configuration's.
    @inline(never)
    func call(
        _ request: consuming OktaRequest, _ setup: consuming CallExecutor.Setup, maximumBytes: Int? = nil
    ) throws(OktaError) -> CallExecutor {
        var encoded = try encoder.encode(request, setup.options)
        if let maximumBytes { encoded.maximumResponseBytes = maximumBytes }
        // A streamed body may have been opened, and is what the call began with.
        setup.canBeEncodedAgain = maximumBytes == nil && encoded.streamedBody == nil
        return CallExecutor(request, consume encoded, setup, core: self)
    }

    /// The request of a call.
    func encoded(
        _ request: OktaRequest, _ options: Shared<OktaClient.Options>
    ) throws(OktaError) -> TransportRequest {
        try encoder.encode(request, options)
    }

    /// Sends a complete request to the org as it is. A 2xx response, and a very long error, comes without its body, which
    /// the caller reads once it has begun.
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
        if call.credentials.areOfClient, let fixed = encoder.fixedCredentials {
            complete.head.headerFields.replace(with: fixed)
        }
        var options = options
        if complete.head.headerFields.contains(where: { $0.name.canonicalName == "dpop" }) {
            // A proof is valid once (RFC 9449, section 4.3), and only its owner can make another.
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
    /// The way to the configuration's store; nil when it has none.
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
    /// Takes the transport's options from a configuration.
    init(_ configuration: OktaConfiguration) {
        self.init(
            caBundlePath: configuration.caBundlePath, clientCertificate: configuration.clientCertificate,
            proxy: configuration.proxy)
        // A call that has its turn must not wait in a second queue while its timeout runs.
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
