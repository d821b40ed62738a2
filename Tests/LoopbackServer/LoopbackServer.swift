import FlyingSocks
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// An HTTP/1.1 server on 127.0.0.1 that answers as a script tells it, rightly or wrongly.
///
/// ```swift
/// try await LoopbackServer.run { request in .json(#"{"id":"1"}"#) } during: { server in
///     … send requests to server.origin …
///     #expect(server.requests.count == 1)
/// }
/// ```
///
/// The port is chosen by the system. Every request is recorded before its handler runs.
public final class LoopbackServer: Sendable {
    /// Answers one request; runs once for each, concurrently for those of different connections.
    public typealias Handler = @Sendable (LoopbackRequest) async -> LoopbackAnswer

    /// Waits for something, or looks at the head, before the body of a request is read.
    public typealias HeadHandler = @Sendable (LoopbackRequest) async -> Void

    /// The port that the system chose.
    public let port: UInt16

    private let log: RequestLog
    private let accepting: Task<Void, Never>
    private let polling: Task<Void, any Error>
    private let listener: AsyncSocket

    /// Starts a server; it runs until ``stop()``.
    ///
    /// - Parameters:
    ///   - beforeBody: Runs when the head of a request has been read, and before its body is.
    ///   - handler: Answers requests.
    public init(beforeBody: HeadHandler? = nil, handler: @escaping Handler) async throws {
        let pool: some AsyncSocketPool = .make()
        try await pool.prepare()
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: 0)
        let socket = try Socket(domain: Int32(sockaddr_in.family), type: .stream)
        try socket.bind(to: address)
        try socket.listen()
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        let listener = try AsyncSocket(socket: socket, pool: pool)
        let log = RequestLog()
        self.port = port
        self.listener = listener
        self.log = log
        polling = Task { try await pool.run() }
        accepting = Task {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled, let socket = try? await listener.accept() {
                    log.countConnection()
                    let connection = LoopbackConnection(
                        socket: socket, pool: pool, log: log, beforeBody: beforeBody, handler: handler)
                    group.addTask { await connection.run() }
                }
                group.cancelAll()
            }
        }
    }

    /// Starts a server that answers by method and path, such as `"GET /api/v1/users"`, and 404 to anything else.
    public convenience init(routes: [String: Handler]) async throws {
        try await self.init { request in
            guard let handler = routes["\(request.method) \(request.path)"] else { return .empty(404) }
            return await handler(request)
        }
    }

    /// Runs a body with a server, and stops the server whether or not the body throws.
    public static func run<Value: Sendable>(
        beforeBody: HeadHandler? = nil,
        _ handler: @escaping Handler,
        during body: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let server = try await LoopbackServer(beforeBody: beforeBody, handler: handler)
        do {
            let value = try await body(server)
            await server.stop()
            return value
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Scheme, host and port.
    public var origin: String { "http://127.0.0.1:\(port)" }

    /// All requests so far, in the order in which they were complete.
    public var requests: [LoopbackRequest] { log.requests }

    /// How many connections were accepted so far.
    public var connectionCount: Int { log.connectionCount }

    /// Closes all connections and returns when nothing of the server runs any more.
    public func stop() async {
        accepting.cancel()
        await accepting.value
        polling.cancel()
        _ = await polling.result
        try? listener.close()
    }
}

/// What has arrived at a server.
final class RequestLog: Sendable {
    private let state = Mutex<(requests: [LoopbackRequest], connectionCount: Int)>(([], 0))

    var requests: [LoopbackRequest] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connectionCount } }

    func record(_ request: LoopbackRequest) { state.withLock { $0.requests.append(request) } }
    func countConnection() { state.withLock { $0.connectionCount += 1 } }
}
