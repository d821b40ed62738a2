#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// Reads a regular file in pieces from its beginning; closes it when it is released.
final class FileReader {
    /// The size when the file was opened, in bytes.
    let length: Int

    private let descriptor: Int32
    private let path: String
    private static let pieceSize = 64 << 10

    init(path: String) throws(TransportError) {
        guard !path.utf8.contains(0) else { throw Self.failure("the path of a file contains a NUL byte") }
        // Non-blocking, because opening a pipe without a writer would block forever. It makes no difference for regular
        // files.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure("\(path): \(Self.lastError)") }
        self.path = path
        var status = stat()
        let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        length = Int(status.st_size)
        guard isRegular else { throw Self.failure("\(path) is not a regular file") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next piece; `nil` at the end of the file.
    func next() throws(TransportError) -> [UInt8]? {
        var count = 0
        var code: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, size in
            repeat { count = read(descriptor, buffer.baseAddress, Self.pieceSize) } while count < 0 && errno == EINTR
            code = errno
            size = max(count, 0)
        }
        guard count >= 0 else { throw Self.failure("\(path): \(Self.text(of: code))") }
        return count == 0 ? nil : piece
    }

    private static func failure(_ detail: String) -> TransportError { TransportError(.bodyFailed, detail: detail) }

    private static var lastError: String { text(of: errno) }

    private static func text(of code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
