/// Takes connections and never says a word: the system completes them, and nobody reads what comes.
public final class SilentListener: Sendable {
    /// The port that the system chose.
    public let port: UInt16

    private let socket: LoopbackSocket

    /// Begins to listen; ends with the instance.
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
