import FlyingSocks

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// Takes connections and never says a word: the system completes them, and nobody reads what comes.
public final class SilentListener: Sendable {
    /// The port that the system chose.
    public let port: UInt16

    private let socket: Socket

    /// Begins to listen; ends with the instance.
    public init() throws {
        socket = try Socket(domain: Int32(sockaddr_in.family), type: .stream)
        try socket.bind(to: sockaddr_in.inet(ip4: "127.0.0.1", port: 0))
        try socket.listen()
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        self.port = port
    }

    deinit {
        try? socket.close()
    }
}
