#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// A request body that is produced while it is sent: a file, or a sequence of pieces.
///
/// Backpressure slows the source to the speed of the network, so memory use does not depend on the body's size.
public struct BodyStream: Sendable {
    /// A function that accepts one piece of a body. It returns when there is capacity for more, and throws if the
    /// transfer has ended.
    public typealias Write = @Sendable (_ piece: [UInt8]) async throws -> Void

    /// The length in bytes. The request fails if the source produces fewer bytes, or if it produces more and that is
    /// detected before the announced bytes are sent. More bytes are never sent. `nil` if the length is unknown: the
    /// body is then sent with chunked transfer coding over HTTP/1.1, which some servers reject with 411.
    public let length: Int?

    /// Whether the source can run again from its beginning. Otherwise, the request is never retried.
    public let isRepeatable: Bool

    private let source: @Sendable (_ write: Write) async throws -> Void

    /// Creates a body from a function that writes it.
    ///
    /// - Parameters:
    ///   - length: The length in bytes, or `nil` if it is unknown.
    ///   - isRepeatable: Whether the function writes the same content when it is called again.
    ///   - source: Writes the whole body. It runs once per attempt, in a task that is cancelled with the request.
    public init(
        length: Int?,
        isRepeatable: Bool = false,
        source: @escaping @Sendable (_ write: Write) async throws -> Void
    ) {
        self.length = length
        self.isRepeatable = isRepeatable
        self.source = source
    }

    /// Creates a body from a sequence of pieces.
    ///
    /// - Parameters:
    ///   - pieces: The pieces of the body.
    ///   - length: The total length in bytes, or `nil` if it is unknown.
    ///   - isRepeatable: Whether the sequence can be iterated again from its beginning.
    public init<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces, length: Int?, isRepeatable: Bool = false)
    where Pieces.Element == [UInt8] {
        self.init(length: length, isRepeatable: isRepeatable) { write in
            for try await piece in pieces { try await write(piece) }
        }
    }

    /// Creates a body from a file, which is opened for each attempt.
    ///
    /// - Parameter path: The path of a regular file, whose size must not change before it is sent.
    /// - Throws: A ``TransportError`` of kind ``TransportError/Kind/bodyFailed`` if there is no such file.
    public init(contentsOfFile path: String) throws(TransportError) {
        let length = try FileReader(path: path).length
        self.init(length: length, isRepeatable: true) { write in
            let file = try FileReader(path: path)
            while let piece = try file.next() { try await write(piece) }
        }
    }

    /// Runs the source once, from its beginning.
    ///
    /// - Parameter write: Accepts each piece in turn.
    /// - Throws: The error of the source or of `write`.
    public func produce(into write: Write) async throws {
        try await source(write)
    }
}

extension BodyStream: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length, without the content.
    public var description: String { "stream of \(length.map { "\($0) bytes" } ?? "unknown length")" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the length only.
    public var customMirror: Mirror { Mirror(self, children: ["content": description]) }
}

/// Reads a regular file in pieces from its beginning. The file is closed when the instance is deinitialized.
final class FileReader {
    /// The size when the file was opened, in bytes.
    let length: Int

    private let descriptor: Int32
    private let path: String
    private static let pieceSize = 64 << 10

    init(path: String) throws(TransportError) {
        guard !path.utf8.contains(0) else { throw Self.failure("the path of a file contains a NUL byte") }
        // O_NONBLOCK, because opening a pipe without a writer would block forever. It has no effect on regular files.
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

    /// Returns the next piece; `nil` at the end of the file.
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
