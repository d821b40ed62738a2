#if LocalOrg
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
public import OktaRuntime

/// A local org behind HTTP on loopback, for clients in any language.
///
/// ```swift
/// let org = try await LocalOrg.start()
/// let user = try await org.client.user.createUser(CreateUserRequest(profile: profile))
/// #expect(org.requests.count == 1)
/// await org.stop()
/// ```
public final class LocalOrg: Sendable {
    /// How an org is served.
    public struct Options: Sendable {
        /// The org itself.
        public var org = OrgConfiguration()
        /// The port; 0 for one that is free.
        public var port = 0
        /// The address to listen on.
        public var host = "127.0.0.1"
        /// How long each answer is held back.
        public var latency: Duration = .zero
        /// Whether the org is served over TLS, with a certificate of an authority that is made at the start. Its file is
        /// ``LocalOrg/certificateAuthorityPath``; ``LocalOrg/client`` trusts it.
        public var tls = false
        /// Called with each request and its answer.
        public var observer: (@Sendable (LocalRequest, LocalResponse) -> Void)?

        /// A current org on a free port of the loopback address.
        public init() {}
    }

    /// The org without HTTP: snapshots, faults, seeds.
    public let engine: OrgEngine
    /// The org's address, such as `http://127.0.0.1:49152`.
    public let url: String
    /// A client that is signed in to the org.
    public let client: OktaClient
    /// The clock of the org.
    public let clock: OrgClock

    /// The PEM file with the certificate authority of an org with TLS, which clients have to trust; nil without TLS. The
    /// file goes when the org is stopped.
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

    /// The requests so far, the latest last.
    public var requests: [JournalEntry] { engine.requests }

    /// The requests that fit, at least one unless `times` says how many.
    ///
    /// - Parameters:
    ///   - route: Method and path, such as `POST /api/v1/users/{userId}`; `{}` stands for any segment.
    ///   - query: Fields that the query must have, decoded.
    ///   - body: What the body must contain.
    /// - Throws: ``RequestMismatch``, which tells what was asked instead.
    @discardableResult
    public func expect(
        _ route: String, times: Int? = nil, query: [String: String] = [:], body: JSON? = nil, status: Int? = nil
    ) throws(RequestMismatch) -> [JournalEntry] {
        try engine.expect(RequestExpectation(route, times: times, query: query, body: body, status: status))
    }

    /// The calls of hooks so far, after those in the queue are made.
    public func deliveries() async -> [HookDelivery] { await engine.deliveries() }

    /// Adds users of a made-up company.
    public func seed(users: Int) { engine.seed(users: users) }

    /// Starts an org.
    ///
    /// - Throws: What the system reports when the port cannot be listened on.
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

    /// Stops the org: open connections are closed, and the port is free again.
    public func stop() async {
        task.cancel()
        _ = await task.result
        authority?.remove()
        await engine.hooks.stop()
    }

    /// Waits until the org is stopped.
    public func waitUntilStopped() async { _ = await task.result }
}
#endif
