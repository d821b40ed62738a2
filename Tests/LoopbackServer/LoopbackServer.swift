import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 with scripted responses, valid or not.
///
/// ```swift
/// try await LoopbackServer.run { request in .json(#"{"id":"1"}"#) } during: { server in
///     … send requests to server.origin …
///     #expect(server.requests.count == 1)
/// }
/// ```
///
/// The system chooses the port. Every request is recorded before its handler runs. The server has its own threads, so
/// that it responds even if all threads of Swift's concurrency are busy. Its handlers are synchronous for this reason.
public final class LoopbackServer: Sendable {
    /// A handler that responds to one request. Handlers of different connections run concurrently.
    public typealias Handler = @Sendable (LoopbackRequest) -> LoopbackResponse

    /// A hook that waits or inspects the head before the body of a request is read.
    public typealias HeadHandler = @Sendable (LoopbackRequest) -> Void

    /// The port that the system chose.
    public let port: UInt16

    private let log = RequestLog()
    private let threads = ServerThreads()

    /// Starts a server, which runs until ``stop()``.
    ///
    /// - Parameters:
    ///   - beforeBody: Runs after the head of a request has been read and before its body is read.
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

    /// Runs a closure with a server, and stops the server even if the closure throws.
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

    /// The scheme, host and port.
    public var origin: String { "http://127.0.0.1:\(port)" }

    /// All requests so far, in the order of their completion.
    public var requests: [LoopbackRequest] { log.requests }

    /// The number of connections accepted so far.
    public var connectionCount: Int { log.connectionCount }

    /// Closes all connections, and returns when all threads of the server have ended.
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
