/// A listener that never responds: the system accepts connections, and nobody reads the received bytes.
public final class SilentListener: Sendable {
    /// The port that the system chose.
    public let port: UInt16

    private let socket: LoopbackSocket

    /// Starts to listen, until the instance is released.
    public init() throws {
        socket = try .listening()
        do throws(SocketFault) {
            port = try socket.port()
        } catch {
            socket.close()
            throw error
        }
    }

    deinit {
        socket.close()
    }
}
