import Foundation
import Synchronization

@testable import LoopbackServer

/// A server for a protocol other than HTTP, on a separate thread. It sends the next reply for each received piece, and
/// closes the connection after the last one.
final class ByteServer: Sendable {
    /// The port that the system chose.
    let port: UInt16

    private let listener: LoopbackSocket
    private let received = Mutex<[[UInt8]]>([])

    init(replies: [[UInt8]]) throws {
        listener = try .listening()
        port = try listener.port()
        Thread.detachNewThread { [self] in
            while let connection = listener.accept() {
                serve(connection, replies)
                connection.close()
            }
        }
    }

    /// All received pieces of all connections.
    var pieces: [[UInt8]] { received.withLock { $0 } }

    /// Ends the thread.
    func stop() {
        listener.shutDown()
        listener.close()
    }

    private func serve(_ connection: LoopbackSocket, _ replies: [[UInt8]]) {
        for reply in replies {
            guard let piece = try? connection.read(atMost: 512), !piece.isEmpty else { return }
            received.withLock { $0.append(piece) }
            try? connection.write(reply)
        }
    }
}
