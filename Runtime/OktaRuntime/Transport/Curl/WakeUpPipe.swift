#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// A pipe whose reading end the loop waits on beside its sockets.
///
/// The two descriptors never change, and reading and writing a pipe is safe from any thread. ``CurlMailbox`` writes
/// under its lock and forgets the pipe under the same lock before the loop closes it.
struct WakeUpPipe: Sendable {
    let readingEnd: Int32
    private let writingEnd: Int32

    init() throws(TransportError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TransportError(.other, detail: "the system refused a pipe: too many open files")
        }
        readingEnd = ends[0]
        writingEnd = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    func signal() {
        var byte: UInt8 = 0
        // A full pipe wakes as well.
        _ = write(writingEnd, &byte, 1)
    }

    /// Takes out what was written.
    func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        _ = withUnsafeMutableBytes(of: &bytes) { read(readingEnd, $0.baseAddress, $0.count) }
    }

    func destroy() {
        close(readingEnd)
        close(writingEnd)
    }
}
