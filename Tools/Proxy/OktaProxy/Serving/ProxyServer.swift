#if Proxy
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
package import OktaCommand
internal import Synchronization

/// Serves a proxy on ports of this machine, and drains it.
package final class ProxyServer: Sendable {
    /// A port to listen on.
    package struct Port: Sendable, Hashable {
        /// The number; 0 for any free port.
        package var number: Int
        /// The client that the port is for; nil for the common port.
        package var clientName: String?

        package init(_ number: Int, clientName: String? = nil) {
            self.number = number
            self.clientName = clientName
        }
    }

    /// The port numbers in the requested order.
    package let ports: [Int]
    private let servers: [Server<ProxyChannel>]
    private let tasks: [Task<Void, any Error>]

    private let scheme: String

    /// One event loop for all connections. The transport to the org has one thread, which then wakes this loop once for
    /// many responses, and is woken once for many requests.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// The URL of the common port, which is the first.
    package var url: String { url(port: ports.first ?? 0) }

    /// Returns the URL of a port.
    package func url(port: Int) -> String { "\(scheme)://127.0.0.1:\(port)" }

    private init(ports: [Int], scheme: String, servers: [Server<ProxyChannel>], tasks: [Task<Void, any Error>]) {
        self.ports = ports
        self.scheme = scheme
        self.servers = servers
        self.tasks = tasks
    }

    deinit {
        for task in tasks { task.cancel() }
    }

    /// Listens on ports of the loopback address.
    ///
    /// - Throws: The system's error if a port is in use.
    package static func start(
        _ engine: ProxyEngine, ports: [Port] = [Port(0)], limits: ServerLimits = ServerLimits(), tls: ServerTLS? = nil
    ) async throws -> ProxyServer {
        var logger = Logger(label: "okta-proxy")
        logger.logLevel = .error
        var numbers: [Int] = []
        var servers: [Server<ProxyChannel>] = []
        var tasks: [Task<Void, any Error>] = []
        for port in ports {
            let (bound, continuation) = AsyncThrowingStream.makeStream(of: Int.self)
            let server = Server(
                childChannelSetup: ProxyChannel(
                    responder: { request, sink in await engine.respond(to: request, sink) },
                    portName: port.clientName, limits: limits, tls: tls),
                configuration: ServerConfiguration(
                    address: .hostname("127.0.0.1", port: port.number), backlog: 1024,
                    availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
                onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) },
                eventLoopGroup: Self.group, logger: logger)
            let task = Task {
                do {
                    try await server.run()
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                    throw error
                }
            }
            do {
                var iterator = bound.makeAsyncIterator()
                guard let number = try await iterator.next() else { throw CancellationError() }
                numbers.append(number)
                servers.append(server)
                tasks.append(task)
            } catch {
                for task in tasks { task.cancel() }
                throw error
            }
        }
        return ProxyServer(ports: numbers, scheme: tls == nil ? "http" : "https", servers: servers, tasks: tasks)
    }

    /// Stops accepting connections, waits for the calls in flight up to a limit, then closes the remaining
    /// connections.
    ///
    /// - Returns: Whether all calls completed.
    package func drain(within limit: Duration) async -> Bool {
        let isDone = await withTaskGroup(of: Bool.self) { group in
            for server in servers {
                group.addTask {
                    try? await server.shutdownGracefully()
                    return !Task.isCancelled
                }
            }
            group.addTask { [tasks] in
                guard (try? await Task.sleep(for: limit)) != nil else { return true }
                // Closing the connections also ends the graceful shutdown.
                for task in tasks { task.cancel() }
                return false
            }
            var finished = 0
            while let result = await group.next() {
                guard result else { break }
                finished += 1
                if finished == servers.count { break }
            }
            group.cancelAll()
            return finished == servers.count
        }
        for task in tasks {
            task.cancel()
            _ = await task.result
        }
        return isDone
    }
}

/// Configures the connections of a port.
struct ProxyChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let responder: ConnectionHandler.Responder
    let portName: String?
    let limits: ServerLimits
    let tls: ServerTLS?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var sizes = NIOHTTPDecoderLimitConfiguration()
            sizes.maxHeaderFieldSize = limits.fieldBytes
            sizes.maxHeaderListSize = limits.headBytes
            sizes.maxHeaderFieldCount = limits.fieldCount
            let handler = ConnectionHandler(
                responder: responder, portName: portName, limits: limits, executor: .on(channel.eventLoop))
            let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: sizes)
            if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context)) }
            try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
            try channel.pipeline.syncOperations.addHandler(handler)
            return Value(channel: channel)
        }
    }

    /// Waits for the end of a connection, which serves itself.
    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}

/// Size and time limits of a connection.
package struct ServerLimits: Sendable, Hashable {
    /// The maximum size of a request's head, in bytes of names and values, and of a single field.
    package var headBytes = 64 << 10
    package var fieldBytes = 32 << 10
    /// The maximum number of header fields.
    package var fieldCount = 200
    /// The time limit for a complete head, before the first request and between requests.
    package var headTime: Duration = .seconds(75)
    /// The time limit for the next part of an awaited request body.
    package var bodyTime: Duration = .seconds(60)
    /// The time limit for a client to receive a part of its response.
    package var writeTime: Duration = .seconds(60)
    /// The maximum number of buffered bytes of a request body. At the limit, reading pauses.
    package var bodyBufferBytes = 128 << 10
    /// The maximum number of concurrent connections. Further ones wait to be accepted.
    package var connections = 1024

    package init() {}
}

/// The certificate and the key of a proxy for clients that require https.
package struct ServerTLS: Sendable {
    let context: NIOSSLContext

    /// Reads PEM files.
    ///
    /// - Parameters:
    ///   - certificatePath: The certificate, followed by those of its issuers.
    ///   - keyPath: The private key.
    package init(certificatePath: String, keyPath: String) throws(CommandFailure) {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificatePath).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .usage(
                "the certificate \(certificatePath) and the key \(keyPath) cannot be used: \(error)",
                advice: "--tls-certificate and --tls-key take PEM files that belong together.")
        }
    }
}
#endif
