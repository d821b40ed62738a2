#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Writes whole pieces to a descriptor.
package enum DescriptorWriter {
    /// Writes all bytes.
    ///
    /// - Returns: Whether all could be written; `errno` says why not.
    package static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(descriptor, $0 + offset, buffer.count - offset) } ?? 0
            }
            if written < 0, errno == EINTR { continue }
            if written < 0, errno == EAGAIN {
                // Another program that has the same pipe or terminal has set it to not wait.
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
