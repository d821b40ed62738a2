#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

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
