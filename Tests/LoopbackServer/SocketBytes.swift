#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// The bytes of a connection, read by line or by count.
struct SocketBytes {
    private let socket: LoopbackSocket
    /// The received bytes, of which the first `taken` have been consumed.
    private var buffer: [UInt8] = []
    private var taken = 0

    init(_ socket: LoopbackSocket) {
        self.socket = socket
    }

    /// Returns the next line without its line ending, as UTF-8; `nil` if the connection ends before the line does.
    mutating func line() throws(SocketFault) -> String? {
        var searched = taken
        while true {
            if let end = newline(from: searched) {
                defer { taken = end + 1 }
                let hasReturn = end > taken && buffer[end - 1] == 0x0D
                return String(decoding: buffer[taken..<(hasReturn ? end - 1 : end)], as: UTF8.self)
            }
            searched = buffer.count - taken
            guard try receive() else { return nil }
        }
    }

    /// Reads a number of bytes. Returns nil if the connection ends before.
    mutating func take(_ count: Int) throws(SocketFault) -> [UInt8]? {
        while buffer.count - taken < count { guard try receive() else { return nil } }
        defer { taken += count }
        return Array(buffer[taken..<taken + count])
    }

    private func newline(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress else { return nil }
            return memchr(base + start, 0x0A, bytes.count - start).map { UnsafeRawPointer($0) - base }
        }
    }

    /// Waits for more bytes, and discards the consumed ones.
    private mutating func receive() throws(SocketFault) -> Bool {
        let more = try socket.read(atMost: 64 << 10)
        buffer.removeFirst(taken)
        taken = 0
        buffer += more
        return !more.isEmpty
    }
}
