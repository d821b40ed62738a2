#if Redis
import Dispatch

@testable import LoopbackServer

/// A server that responds to each received piece with the same bytes.
final class CannedServer: Sendable {
    let port: UInt16
    private let listener: Listener

    init(_ reply: String) throws {
        let listener = try Listener()
        self.listener = listener
        port = listener.port
        DispatchQueue(label: "canned").async {
            while let socket = listener.accept() {
                while let bytes = try? socket.read(atMost: 65_536), !bytes.isEmpty {
                    try? socket.write(Array(reply.utf8))
                }
                socket.close()
            }
            listener.close()
        }
    }

    deinit { listener.interrupt() }
}
#endif
