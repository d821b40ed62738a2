#if Proxy
package import HTTPTypes
package import OktaRuntime

/// Sends requests through a client, which enforces the org's rate limits.
package struct ClientUpstream: Upstream {
    private let client: OktaClient

    /// Creates an upstream.
    ///
    /// - Parameters:
    ///   - configuration: The org's URL, credentials and limits.
    ///   - maximumWait: The maximum time that a call waits for its turn and for a retry; nil for as long as its client
    ///     waits.
    package init(_ configuration: OktaConfiguration, maximumWait: Duration? = nil) throws(OktaError) {
        try self.init(configuration, maximumWait: maximumWait) { configuration, transport throws(OktaError) in
            try OktaClient(configuration: configuration, transport: transport)
        }
    }

    /// Creates an upstream.
    ///
    /// - Parameter client: Creates the client, with its own time in tests.
    init(
        _ configuration: OktaConfiguration, maximumWait: Duration? = nil,
        client make: (OktaConfiguration, CurlTransport) throws(OktaError) -> OktaClient
    ) throws(OktaError) {
        var configuration = configuration
        configuration.rateLimits.maximumWait = maximumWait
        if let maximumWait { configuration.retry.timeBudget = maximumWait }
        configuration.authorization = WatchedAuthorization(configuration.authorization)
        configuration.observers.append(ProgressObserver())
        // The proxy's client has its own timeout, at which it closes its connection.
        configuration.timeouts.total = nil
        var options = CurlTransport.Options(
            caBundlePath: configuration.caBundlePath, clientCertificate: configuration.clientCertificate,
            proxy: configuration.proxy,
            maximumConnectionsPerHost: min(max(8, configuration.rateLimits.maximumConcurrentCalls), 1024))
        options.decodesBodies = false
        let transport: CurlTransport
        do throws(TransportError) {
            transport = try CurlTransport(options: options)
        } catch {
            throw .transport(.init(error))
        }
        client = try make(configuration, transport)
    }

    package func forward(
        _ request: TransportRequest, _ options: ForwardOptions
    ) async throws(OktaError) -> UpstreamResponse {
        let client = client.with { settings in
            settings.lane = options.lane
            settings.priority = options.isBulk ? .bulk : .interactive
        }
        let result = await CallProgress.$current.withValue(options.progress) {
            () async -> Result<ForwardedResponse, OktaError> in
            do throws(OktaError) {
                return .success(try await client.forward(request, path: options.path, authorizes: true))
            } catch {
                return .failure(error)
            }
        }
        let response = try result.get()
        return UpstreamResponse(head: response.head, body: response.body, stream: response.stream)
    }

    /// Returns the remaining permits to the store. Must be called last.
    package func close() async { await client.returnLeases() }
}

/// The authorization of a proxy that adds no credentials.
package struct NoAuthorization: RequestAuthorization {
    package init() {}

    package func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields { [:] }

    package var principal: String { "clients" }

    package var description: String { "credentials of the clients" }
}

/// Reports the credentials to the call before it is sent, since a response must not contain them.
struct WatchedAuthorization: RequestAuthorization {
    private let inner: any RequestAuthorization

    init(_ inner: any RequestAuthorization) { self.inner = inner }

    func credentials(for request: HTTPRequest, in context: AuthorizationContext) async throws(OktaError) -> HTTPFields {
        guard let progress = CallProgress.current else {
            return try await inner.credentials(for: request, in: context)
        }
        guard progress.needsCredentials else {
            progress.depart()
            return [:]
        }
        let fields = try await inner.credentials(for: request, in: context)
        progress.note(fields)
        progress.depart()
        return fields
    }

    func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) async -> AuthorizationContext.Refresh {
        guard CallProgress.current?.needsCredentials ?? true else { return .unchanged }
        return await inner.refresh(after: response, to: request, in: context)
    }

    var principal: String { inner.principal }
    var description: String { inner.description }
}
#endif
