import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 that responds as a script says, correctly or not.
///
/// ```swift
/// try await LoopbackServer.run { request in .json(#"{"id":"1"}"#) } during: { server in
///     … send requests to server.origin …
///     #expect(server.requests.count == 1)
/// }
/// ```
///
/// The port is chosen by the system. Every request is recorded before its handler runs. The server has threads of its
/// own, so that it responds whatever Swift's concurrency is busy with; its handlers are synchronous for that.
public final class LoopbackServer: Sendable {
    /// Responds to one request; runs once for each, concurrently for those of different connections.
    public typealias Handler = @Sendable (LoopbackRequest) -> LoopbackResponse

    /// Waits for something, or looks at the head, before the body of a request is read.
    public typealias HeadHandler = @Sendable (LoopbackRequest) -> Void

    /// The port that the system chose.
    public let port: UInt16

    private let log = RequestLog()
    private let threads = ServerThreads()

    /// Starts a server; it runs until ``stop()``.
    ///
    /// - Parameters:
    ///   - beforeBody: Runs when the head of a request has been read, and before its body is.
    ///   - handler: Responds to requests.
    public init(beforeBody: HeadHandler? = nil, handler: @escaping Handler) throws {
        let listener = try Listener()
        port = listener.port
        let (log, threads) = (log, threads)
        threads.start(interrupt: listener.interrupt, cleanUp: listener.close) {
            while let socket = listener.accept() {
                log.countConnection()
                let connection = LoopbackConnection(socket: socket, log: log, beforeBody: beforeBody, handler: handler)
                threads.start(interrupt: connection.interrupt, cleanUp: connection.close, connection.run)
            }
        }
    }

    /// Starts a server that responds by method and path, such as `"GET /api/v1/users"`, and 404 to anything else.
    public convenience init(routes: [String: Handler]) throws {
        try self.init { request in
            guard let handler = routes["\(request.method) \(request.path)"] else { return .empty(404) }
            return handler(request)
        }
    }

    /// Runs a body with a server, and stops the server whether or not the body throws.
    public static func run<Value: Sendable>(
        beforeBody: HeadHandler? = nil,
        _ handler: @escaping Handler,
        during body: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let server = try LoopbackServer(beforeBody: beforeBody, handler: handler)
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
        await threads.stop()
    }
}

/// The requests and connections that a server has received.
final class RequestLog: Sendable {
    private let state = Mutex<(requests: [LoopbackRequest], connectionCount: Int)>(([], 0))

    var requests: [LoopbackRequest] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connectionCount } }

    func record(_ request: LoopbackRequest) { state.withLock { $0.requests.append(request) } }
    func countConnection() { state.withLock { $0.connectionCount += 1 } }
}
