#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads a descriptor in pieces. It distinguishes the end from a failed or interrupted read.
package final class DescriptorReader {
    private let descriptor: Int32
    private let closes: Bool
    /// The name in messages.
    private let name: String
    /// Why reading ended; nil at the actual end.
    package private(set) var problem: CommandFailure?

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - name: The name in messages.
    ///   - closes: Whether the descriptor is closed with its last reader.
    package init(_ descriptor: Int32, name: String, closes: Bool = false) {
        self.descriptor = descriptor
        self.name = name
        self.closes = closes
    }

    deinit { if closes { close(descriptor) } }

    /// Opens a file.
    package convenience init(path: String, name: String) throws(CommandFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(name, errno) }
        self.init(descriptor, name: name, closes: true)
    }

    /// Returns the next bytes, at most 64 KiB; nil at the end, or if reading fails.
    package func next() -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // An interruption cancels the task but does not end a read, so cancellation is checked before each read.
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&state, 1, 100)
            if Task.isCancelled {
                problem = CommandFailure(.interrupted, "interrupted").beforeChanges
                return nil
            }
            guard ready > 0 else { continue }
            let count = read(descriptor, &piece, piece.count)
            if count > 0 { return Array(piece[..<count]) }
            if count == 0 { return nil }
            // Another program with the same pipe or terminal may have made it non-blocking.
            if errno == EINTR || errno == EAGAIN { continue }
            problem = Self.failure(name, errno)
            return nil
        }
    }

    private static func failure(_ name: String, _ code: Int32) -> CommandFailure {
        .usage("\(name) cannot be read: \(String(cString: strerror(code)))")
    }
}

/// Writes all bytes to a descriptor.
package enum DescriptorWriter {
    /// Writes all bytes.
    ///
    /// - Returns: Whether all were written; otherwise `errno` has the reason.
    package static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(descriptor, $0 + offset, buffer.count - offset) } ?? 0
            }
            if written < 0, errno == EINTR { continue }
            if written < 0, errno == EAGAIN {
                // Another program with the same pipe or terminal has made it non-blocking.
                var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&state, 1, -1)
                continue
            }
            guard written > 0 else { return false }
            offset += written
        }
        return true
    }
}
