internal import HTTPTypes

/// What all copies of a client share, and the one way that every call goes.
final class ClientCore: Sendable {
    let configuration: OktaConfiguration
    let transport: any Transport
    let session: AuthorizationSession
    let governor: RateGovernor
    let backoff: Backoff
    let time: any TimeSource
    private let encoder: RequestEncoder

    /// - Parameters:
    ///   - time: The time, and how to wait.
    ///   - generator: Where the random part of waits comes from.
    ///   - executor: Runs what no call waits for; nil for the default one.
    init(
        configuration: OktaConfiguration,
        transport: (any Transport)?,
        time: any TimeSource = SystemTimeSource(),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        executor: (any TaskExecutor)? = nil
    ) throws(OktaError) {
        try configuration.rateLimits.check()
        self.configuration = configuration
        self.time = time
        encoder = try RequestEncoder(configuration: configuration)
        if let transport {
            self.transport = transport
        } else {
            self.transport = try CurlTransport.start(CurlTransport.Options(configuration))
        }
        let clock = ServerClock(source: time)
        governor = RateGovernor(policy: configuration.rateLimits, time: time, clock: clock, executor: executor)
        session = AuthorizationSession(
            orgURL: configuration.orgURL, transport: self.transport, clock: clock, timeouts: configuration.timeouts,
            userAgent: encoder.userAgent, governor: governor)
        backoff = Backoff(generator: generator)
    }

    /// Sends a call and brings back its answer, whatever its status.
    func respond(to request: OktaRequest, options: CallOptions) async throws(OktaError) -> OktaResponse {
        let encoded = try encoder.encode(request, options: options)
        var call = CallRun(request, encoded, retry: options.retry ?? configuration.retry, core: self)
        return try await call.run()
    }

    /// Sends a call and brings back its answer; a good one without its body, which is to be read.
    func open(
        _ request: OktaRequest, maximumBytes: Int?, options: CallOptions
    ) async throws(OktaError) -> (answer: OktaResponse, body: BodyReader?) {
        var encoded = try encoder.encode(request, options: options)
        encoded.maximumResponseBytes = maximumBytes ?? .max
        var call = CallRun(
            request, encoded, retry: options.retry ?? configuration.retry, isStreamed: true, core: self)
        let answer = try await call.run()
        return (answer, call.body)
    }
}
