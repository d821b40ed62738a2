#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Returns the sockets of this process that are connected to a port of this machine. Sockets of a server in this
/// process are not included, because their peers are the ports of the clients.
enum ConnectedSockets {
    static func descriptors(to port: UInt16) -> [Int32] {
        (0..<Int32(4096)).filter { descriptor in
            var peer = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let code = withUnsafeMutableBytes(of: &peer) { bytes in
                bytes.baseAddress.map { getpeername(descriptor, $0.assumingMemoryBound(to: sockaddr.self), &size) }
                    ?? -1
            }
            return code == 0 && Int32(peer.sin_family) == AF_INET && peer.sin_port == port.bigEndian
        }
    }
}
