internal import HTTPTypes

/// A client for one org, with all actions and a generic request.
///
/// ```swift
/// let okta = try OktaClient(configuration: .fromEnvironment())
/// let user = try await okta.user.getUser("ada@example.com")
/// ```
///
/// A client is a small value that refers to a shared core. Create one per org; copies can be used from any task.
/// Connections stay open as long as a copy exists.
public struct OktaClient: Sendable {
    private let core: ClientCore
    /// A shared reference, because every group of actions copies the client, and most clients have default options.
    private var options = Shared.unchangedOptions
    private var recorders: [ResponseRecorder] = []

    /// Creates a client. It sends no request.
    ///
    /// - Parameters:
    ///   - configuration: The org's URL, the credentials and all settings.
    ///   - transport: The transport; `nil` creates a ``CurlTransport``. The configuration's `caBundlePath`,
    ///     `clientCertificate` and `proxy` apply only to a transport that the client creates.
    /// - Throws: ``OktaError/configuration(_:)``, or ``OktaError/transport(_:)`` if the transport cannot be started.
    public init(configuration: OktaConfiguration, transport: (any HTTPTransport)? = nil) throws(OktaError) {
        core = try ClientCore(configuration: configuration, transport: transport)
    }

    /// Creates a client with a given core. Tests use it to set the time source.
    init(core: ClientCore) {
        self.core = core
    }

    /// The client's configuration.
    public var configuration: OktaConfiguration { core.configuration }

    /// The clock of the server, as responses state it.
    package var serverClock: ServerClock { core.context.clock }

    /// Returns this client with changed options, for one call or many.
    ///
    /// ```swift
    /// try await okta.with { $0.timeout = .seconds(5) }.user.getUser(id)
    /// ```
    ///
    /// - Parameter edit: Changes the options, starting from this client's.
    public func with(_ edit: (inout OktaClient.Options) throws -> Void) rethrows -> OktaClient {
        var copy = self
        var options = options.value
        try edit(&options)
        copy.options = Shared(options)
        return copy
    }

    /// Returns unused permits to the store of the client's ``RateLimitSharing``, and reports the completed calls. Does
    /// nothing without a store.
    ///
    /// Without this call, other programs get the permits when the lease expires, after at most five seconds. A
    /// short-lived program should call this before it exits. The call waits at most for the sharing's timeout.
    public func returnLeases() async {
        await core.limiter.returnLeases()
    }

    /// Runs calls and returns the full responses, including headers, with the value.
    ///
    /// ```swift
    /// let (user, responses) = try await okta.withResponse { try await $0.user.getUser(id) }
    /// let etag = responses.last?.headers[.eTag]
    /// ```
    ///
    /// - Parameter body: The calls, made through the client that is passed in.
    /// - Returns: The value and the responses in the order of arrival, including error responses that were retried, or
    ///   whose errors the body handles. Streamed responses come without their bodies.
    /// - Throws: The error of the body, without the responses. To get both, catch the error in the body.
    public func withResponse<Value, Failure: Error>(
        _ body: (OktaClient) async throws(Failure) -> Value
    ) async throws(Failure) -> (value: Value, responses: [OktaResponse]) {
        let recorder = ResponseRecorder()
        var copy = self
        copy.recorders.append(recorder)
        let value = try await body(copy)
        return (value, recorder.responses)
    }

    /// Sends a request. All actions use this function.
    ///
    /// - Returns: The response, with a 2xx status.
    /// - Throws: ``OktaError``; ``OktaError/api(_:)`` for any other status.
    public func send(_ request: OktaRequest) async throws(OktaError) -> OktaResponse {
        try await call(request).run()
    }

    /// Sends a call and returns its response, with any status.
    func respond(to request: OktaRequest) async throws(OktaError) -> OktaResponse {
        try await core.call(request, .init(options: options, recorders: recorders)).run()
    }

    /// Creates the call for a request that must get a 2xx status.
    func call(_ request: consuming OktaRequest) throws(OktaError) -> CallExecutor {
        try core.call(request, .init(options: options, mustSucceed: true, recorders: recorders))
    }

    /// Sends a call and returns its response, with any status. A 2xx response is returned without the body, which the
    /// caller reads.
    func open(
        _ request: OktaRequest, maximumBytes: Int?
    ) async throws(OktaError) -> (response: OktaResponse, body: BodyReader?) {
        let setup = CallExecutor.Setup(options: options, isStreamed: true, recorders: recorders)
        let call = try core.call(request, setup, maximumBytes: maximumBytes ?? .max)
        let response = try await call.run()
        // The rest of a very long error is not read.
        return (response, response.status.kind == .successful ? call.body : nil)
    }

    /// Sends a complete request unchanged; see ``forward(_:path:authorizes:)``.
    func forward(
        _ request: TransportRequest, as call: OktaRequest
    ) async throws(OktaError) -> (response: OktaResponse, body: BodyReader?) {
        try await core.forward(request, as: call, options: options)
    }
}

extension OktaClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The org's URL.
    public var description: String { "OktaClient(\(core.configuration.orgURL))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the configuration, without the token.
    public var customMirror: Mirror { Mirror(self, children: ["configuration": core.configuration]) }
}

extension OktaClient {
    /// Options for single calls; see ``OktaClient/with(_:)``.
    public struct Options: Sendable {
        /// The timeout of the whole call, including the wait in the queue and all retries. `nil` uses the
        /// configuration's `timeouts.total`, which starts when the call is first sent.
        public var timeout: Duration?

        /// The retry policy, which replaces that of the configuration as a whole; `nil` for the configuration's policy.
        public var retry: RetryPolicy?

        /// The priority of the calls. Interactive calls take precedence when calls wait for a rate limit. Defaults to
        /// interactive.
        public var priority = CallPriority.interactive

        /// The name of the party that the calls are made for; `nil` for the program itself. Waiting calls are admitted
        /// fairly between lanes.
        package var lane: String?

        /// Additional header fields, which override those of the action.
        public var headers: RequestHeaders = [:]

        /// Creates default options.
        public init() {}
    }
}

extension Shared where Value == OktaClient.Options {
    fileprivate static let unchangedOptions = Shared(OktaClient.Options())
}
