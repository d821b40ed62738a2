import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A server of a protocol that is not HTTP, on a thread of its own: to each piece that it receives it gives the next of its
/// replies, and closes the connection after the last.
final class ByteServer: Sendable {
    /// The port that the system chose.
    let port: UInt16

    private let listener: Int32
    private let received = Mutex<[[UInt8]]>([])

    init(replies: [[UInt8]]) throws {
        #if canImport(Darwin)
        listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(listener, start, size) == 0 && listen(listener, 16) == 0
                && getsockname(listener, start, &size) == 0
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                serve(connection, replies)
                close(connection)
            }
        }
    }

    /// All pieces so far, of all connections.
    var pieces: [[UInt8]] { received.withLock { $0 } }

    /// Ends the thread.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32, _ replies: [[UInt8]]) {
        for reply in replies {
            var piece = [UInt8](repeating: 0, count: 512)
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return }
            received.withLock { $0.append(Array(piece.prefix(count))) }
            _ = send(connection, reply, reply.count, 0)
        }
    }
}
