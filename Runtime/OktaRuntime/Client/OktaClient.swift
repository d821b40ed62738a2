internal import HTTPTypes

/// A client for one org, with all actions and a generic request.
///
/// ```swift
/// let okta = try OktaClient(configuration: .fromEnvironment())
/// let user = try await okta.user.getUser("ada@example.com")
/// ```
///
/// A small value over a shared core: copy it, send it across tasks, and keep one per org. Connections stay open as long
/// as a copy exists.
public struct OktaClient: Sendable {
    private let core: ClientCore
    /// One reference, because clients are copied with every group of actions, and most have no options.
    private var options = Shared.unchangedOptions
    private var recorders: [ResponseRecorder] = []

    /// Creates a client; sends nothing.
    ///
    /// - Parameters:
    ///   - configuration: The org's URL, the credentials and all settings.
    ///   - transport: Sends the requests; `nil` creates a ``CurlTransport``. The configuration's `caBundlePath`,
    ///     `clientCertificate` and `proxy` apply only to a transport that the client creates.
    /// - Throws: ``OktaError/configuration(_:)``, or ``OktaError/transport(_:)`` when the transport cannot be started.
    public init(configuration: OktaConfiguration, transport: (any HTTPTransport)? = nil) throws(OktaError) {
        core = try ClientCore(configuration: configuration, transport: transport)
    }

    /// Creates a client over a core with its own time source; for tests.
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

    /// Returns the permits that the client has leased from the store of its ``RateLimitSharing``, and reports the calls
    /// that have ended. Does nothing without a store.
    ///
    /// Others get the permits anyway when the lease ends, within five seconds. A program that ends sooner should call
    /// this last. Waits at most for the sharing's timeout.
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
    /// - Returns: The value and the responses in the order of arrival, including error responses. Streamed responses
    ///   come without their bodies.
    public func withResponse<Value>(
        _ body: (OktaClient) async throws -> Value
    ) async throws -> (value: Value, responses: [OktaResponse]) {
        let recorder = ResponseRecorder()
        var copy = self
        copy.recorders.append(recorder)
        let value = try await body(copy)
        return (value, recorder.responses)
    }

    /// Sends a request. Every action calls it.
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

    /// The call for a request, whose response has a 2xx status.
    func call(_ request: consuming OktaRequest) throws(OktaError) -> CallExecutor {
        try core.call(request, .init(options: options, mustSucceed: true, recorders: recorders))
    }

    /// Sends a call and returns its response, with any status. A 2xx response comes without its body, which the caller
    /// reads.
    func open(
        _ request: OktaRequest, maximumBytes: Int?
    ) async throws(OktaError) -> (response: OktaResponse, body: BodyReader?) {
        let setup = CallExecutor.Setup(options: options, isStreamed: true, recorders: recorders)
        let call = try core.call(request, setup, maximumBytes: maximumBytes ?? .max)
        let response = try await call.run()
        // Nobody reads the rest of a very long error.
        return (response, response.status.kind == .successful ? call.body : nil)
    }

    /// Sends a complete request as it is; see ``forward(_:authorizes:)``.
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
        /// The time limit for the whole call, including the wait for its turn and all retries. `nil` uses the
        /// configuration's `timeouts.total`, which starts when the call is first sent.
        public var timeout: Duration?

        /// When to retry; `nil` for the configuration's policy. It replaces that policy as a whole.
        public var retry: RetryPolicy?

        /// The class of the calls. Interactive calls go first when calls wait for a rate limit. Defaults to interactive.
        public var priority = CallPriority.interactive

        /// The name of whom the calls are for; nil for the program itself. Calls that wait are admitted fairly by lane.
        package var lane: String?

        /// Additional header fields, which override those of the action.
        public var headers: RequestHeaders = [:]

        /// Creates options that change nothing.
        public init() {}
    }
}

extension Shared where Value == OktaClient.Options {
    fileprivate static let unchangedOptions = Shared(OktaClient.Options())
}
