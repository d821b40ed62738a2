/// The way into an org: all actions, and any request by hand.
///
/// ```swift
/// let okta = try OktaClient(configuration: .fromEnvironment())
/// let user = try await okta.user.getUser("ada@example.com")
/// ```
///
/// A small value over a shared core: copy it, send it across tasks, keep one per org. Connections live as long as a copy.
public struct OktaClient: Sendable {
    private let core: ClientCore
    private var options = OktaClient.Options()
    private var recorders: [ResponseRecorder] = []

    /// Creates a client; sends nothing.
    ///
    /// - Parameters:
    ///   - configuration: Where the org is and how to talk to it.
    ///   - transport: What carries the requests; `nil` for a ``CurlTransport`` of the client's own. The configuration's
    ///     `caBundlePath`, `clientCertificate` and `proxy` are only for that one.
    /// - Throws: ``OktaError/configuration(_:)``, or ``OktaError/transport(_:)`` when no transport can be started.
    public init(configuration: OktaConfiguration, transport: (any Transport)? = nil) throws(OktaError) {
        core = try ClientCore(configuration: configuration, transport: transport)
    }

    /// Creates a client over a core with a time of its own; for tests.
    init(core: ClientCore) {
        self.core = core
    }

    /// The configuration that the client was made with.
    public var configuration: OktaConfiguration { core.configuration }

    /// The same client with other options, for one call or many.
    ///
    /// ```swift
    /// try await okta.with { $0.timeout = .seconds(5) }.user.getUser(id)
    /// ```
    ///
    /// - Parameter edit: Changes the options, which begin as this client's.
    public func with(_ edit: (inout OktaClient.Options) throws -> Void) rethrows -> OktaClient {
        var copy = self
        try edit(&copy.options)
        return copy
    }

    /// Runs calls and brings back their full answers, headers included, beside the value.
    ///
    /// ```swift
    /// let (user, responses) = try await okta.withResponse { try await $0.user.getUser(id) }
    /// let etag = responses.last?.headers[.eTag]
    /// ```
    ///
    /// - Parameter body: The calls, made through the client it is given.
    /// - Returns: The value, and the answers in the order in which they arrived, those with an error status included, and
    ///   those that are streamed without their bodies.
    public func withResponse<Value>(
        _ body: (OktaClient) async throws -> Value
    ) async throws -> (value: Value, responses: [OktaResponse]) {
        let recorder = ResponseRecorder()
        var copy = self
        copy.recorders.append(recorder)
        let value = try await body(copy)
        return (value, recorder.responses)
    }

    /// Sends a call: what every action ends in.
    ///
    /// - Returns: The answer, with a status of 2xx.
    /// - Throws: ``OktaError``; ``OktaError/api(_:)`` for any other status.
    public func send(_ request: OktaRequest) async throws(OktaError) -> OktaResponse {
        let response = try await respond(to: request)
        guard response.status.kind == .successful else {
            throw .api(APIFailure(response, to: request))
        }
        return response
    }

    /// Sends a call and brings back its answer, whatever its status.
    func respond(to request: OktaRequest) async throws(OktaError) -> OktaResponse {
        let response = try await core.respond(to: request, options: options)
        for recorder in recorders { recorder.record(response) }
        return response
    }

    /// Sends a call and brings back its answer, whatever its status; a good one without its body, which is to be read.
    func open(
        _ request: OktaRequest, maximumBytes: Int?
    ) async throws(OktaError) -> (answer: OktaResponse, body: BodyReader?) {
        let opened = try await core.open(request, maximumBytes: maximumBytes, options: options)
        for recorder in recorders { recorder.record(opened.answer) }
        return opened
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
