import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// A connection of a client that sends and reads bytes as it likes. Its calls block threads that nothing else uses.
final class RawConnection: Sendable {
    struct Fault: Error {
        let call: String
    }

    private let descriptor: Int32

    init(port: Int) throws {
        #if canImport(Darwin)
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Fault(call: "connect") }
    }

    deinit { close(descriptor) }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            // A separate thread: Dispatch replaces blocked threads only once a second.
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }

    /// Sends bytes; throws when the other end has gone.
    func send(_ bytes: [UInt8]) async throws {
        try await run { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes { systemSend(descriptor, $0) }
                guard count > 0 else { throw Fault(call: "send") }
                sent += count
            }
        }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// The next bytes; empty at the end.
    func receive(atMost size: Int = 65_536) async throws -> [UInt8] {
        try await run { [descriptor] in
            var buffer = [UInt8](repeating: 0, count: size)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return count > 0 ? Array(buffer[..<count]) : []
        }
    }

    /// Everything up to the end of the connection.
    func receiveAll() async throws -> [UInt8] {
        var all: [UInt8] = []
        while case let more = try await receive(), !more.isEmpty { all += more }
        return all
    }

    /// Ends the connection; whoever reads from it sees its end.
    func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
    return send(descriptor, bytes.baseAddress, bytes.count, 0)
    #else
    return send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
}
