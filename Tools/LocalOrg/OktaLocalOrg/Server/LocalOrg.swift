#if LocalOrg
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
public import OktaRuntime

/// A local org that serves HTTP on loopback, for clients in any language.
///
/// ```swift
/// let org = try await LocalOrg.start()
/// let user = try await org.client.user.createUser(CreateUserRequest(profile: profile))
/// #expect(org.requests.count == 1)
/// await org.stop()
/// ```
public final class LocalOrg: Sendable {
    /// Options for serving an org.
    public struct Options: Sendable {
        /// The configuration of the org.
        public var org = OrgConfiguration()
        /// The port; 0, the default, for any free port.
        public var port = 0
        /// The address to listen on. Defaults to `127.0.0.1`.
        public var host = "127.0.0.1"
        /// The delay of each response. Defaults to zero.
        public var latency: Duration = .zero
        /// Whether to use TLS, with a certificate of an authority that is created at start.
        /// ``LocalOrg/certificateAuthorityPath`` is its file; ``LocalOrg/client`` trusts it.
        public var tls = false
        /// A function that is called with each request and its response; nil for none.
        public var observer: (@Sendable (LocalRequest, LocalResponse) -> Void)?

        /// Creates the options of a current org on a free port of the loopback address.
        public init() {}
    }

    /// The org without HTTP, for snapshots, faults and seeds.
    public let engine: OrgEngine
    /// The base URL of the org, such as `http://127.0.0.1:49152`.
    public let url: String
    /// An authenticated client of the org.
    public let client: OktaClient
    /// The clock of the org.
    public let clock: OrgClock

    /// The PEM file of the certificate authority, which clients have to trust; nil without TLS. Stopping the org
    /// removes the file.
    public var certificateAuthorityPath: String? { authority?.path }

    private let task: Task<Void, any Error>
    private let authority: LocalAuthority?

    private init(
        engine: OrgEngine, url: String, client: OktaClient, clock: OrgClock, authority: LocalAuthority?,
        task: Task<Void, any Error>
    ) {
        self.engine = engine
        self.authority = authority
        self.url = url
        self.client = client
        self.clock = clock
        self.task = task
    }

    deinit {
        task.cancel()
        authority?.remove()
    }

    /// The requests, newest last.
    public var requests: [ReceivedRequest] { engine.requests }

    /// Returns the requests that match: at least one, or exactly `times`.
    ///
    /// - Parameters:
    ///   - route: The method and the path, such as `POST /api/v1/users/{userId}`; `{}` matches any segment.
    ///   - times: The expected number of requests; nil for at least one.
    ///   - query: Required query parameters, decoded.
    ///   - body: Required content of the body. Members that it does not name may have any value.
    ///   - status: The status of the response; nil for any.
    /// - Returns: The matching requests.
    /// - Throws: ``RequestMismatch``, which lists the actual requests.
    @discardableResult
    public func expect(
        _ route: String, times: Int? = nil, query: [String: String] = [:], body: JSON? = nil, status: Int? = nil
    ) throws(RequestMismatch) -> [ReceivedRequest] {
        try engine.expect(RequestExpectation(route, times: times, query: query, body: body, status: status))
    }

    /// Returns all hook calls after the queued ones have completed.
    public func deliveries() async -> [HookDelivery] { await engine.deliveries() }

    /// Adds users of a fictional company.
    public func seed(users: Int) { engine.seed(users: users) }

    /// Starts an org.
    ///
    /// - Throws: The system's error if the port cannot be bound.
    public static func start(_ options: Options = Options()) async throws -> LocalOrg {
        let engine = OrgEngine(options.org)
        let (ports, continuation) = AsyncThrowingStream.makeStream(of: Int.self)
        let authority = options.tls ? try LocalAuthority() : nil
        let scheme = authority == nil ? "http" : "https"
        let responder = OrgResponder(
            engine: engine, scheme: scheme, latency: options.latency, observer: options.observer)
        let clock = options.org.clock
        let connections = OrgConnections()
        var server = OrgChannel.server(connections) {
            [UnreadableRequestHandler(engine: engine), ExpectContinueHandler(), OrgDateHandler(clock: clock)]
        }
        if let authority { server = try .tls(server, tlsConfiguration: authority.configuration()) }
        var logger = Logger(label: "okta-local-org")
        logger.logLevel = .error
        let application = Application(
            responder: responder, server: server,
            configuration: .init(address: .hostname(options.host, port: options.port), reuseAddress: true),
            onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        let task = Task(executorPreference: EventLoopExecutor.shared) {
            do {
                try await application.run()
                await connections.close()
                continuation.finish()
            } catch {
                await connections.close()
                continuation.finish(throwing: error)
                throw error
            }
        }
        for try await port in ports {
            let host = options.host.contains(":") ? "[\(options.host)]" : options.host
            let url = "\(scheme)://\(host == "0.0.0.0" ? "127.0.0.1" : host):\(port)"
            let token = options.org.tokens.sorted().first ?? "local-org-token"
            var configuration = try OktaConfiguration(orgURL: url, token: token)
            configuration.caBundlePath = authority?.path
            let client = try OktaClient(configuration: configuration)
            return LocalOrg(
                engine: engine, url: url, client: client, clock: clock, authority: authority, task: task)
        }
        _ = try await task.value
        throw CancellationError()
    }

    /// Stops the org: closes its connections and releases the port.
    public func stop() async {
        task.cancel()
        _ = await task.result
        authority?.remove()
        await engine.hooks.stop()
    }

    /// Waits until the org has stopped.
    public func waitUntilStopped() async { _ = await task.result }
}
#endif
