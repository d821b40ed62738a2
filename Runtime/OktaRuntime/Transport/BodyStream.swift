/// A request body that is produced piece by piece while it is sent: a file, or a sequence of pieces.
///
/// The source is held back while the network is slower than it, so memory stays bounded whatever the body's size.
public struct BodyStream: Sendable {
    /// Takes one piece of a body; returns when there is room for more, and throws when nobody wants it any longer.
    public typealias Write = @Sendable (_ piece: [UInt8]) async throws -> Void

    /// The length in bytes. A source that gives fewer fails the request; one that gives more does so where that is seen
    /// before the announced bytes are on their way, and never sends more than these. `nil` when it is not known: the
    /// body is then sent in chunks over HTTP/1.1, which some servers answer with 411.
    public let length: Int?

    /// Whether the source can run again from its beginning. A request whose body cannot is sent once, whatever the answer.
    public let isRepeatable: Bool

    private let source: @Sendable (_ write: Write) async throws -> Void

    /// Creates a body from a function that writes it.
    ///
    /// - Parameters:
    ///   - length: The length in bytes, or `nil` when it is not known.
    ///   - isRepeatable: Whether the function writes the same again when it is called again.
    ///   - source: Writes the whole body; runs once for each attempt, in a task that is cancelled with the request.
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
    ///   - pieces: The body, piece by piece.
    ///   - length: The length of all pieces together in bytes, or `nil` when it is not known.
    ///   - isRepeatable: Whether the sequence can be iterated again from its beginning.
    public init<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces, length: Int?, isRepeatable: Bool = false)
    where Pieces.Element == [UInt8] {
        self.init(length: length, isRepeatable: isRepeatable) { write in
            for try await piece in pieces { try await write(piece) }
        }
    }

    /// Creates a body from a file, which is opened when the request is sent, for each attempt anew.
    ///
    /// - Parameter path: The path of a regular file, which must not change its size until then.
    /// - Throws: A ``TransportError`` of kind ``TransportError/Kind/bodyFailed`` when there is no such file.
    public init(contentsOfFile path: String) throws(TransportError) {
        let length = try FileReader(path: path).length
        self.init(length: length, isRepeatable: true) { write in
            let file = try FileReader(path: path)
            while let piece = try file.next() { try await write(piece) }
        }
    }

    /// Runs the source once, from its beginning.
    ///
    /// - Parameter write: Takes each piece in turn.
    /// - Throws: What the source or `write` throws.
    public func produce(into write: Write) async throws {
        try await source(write)
    }
}

extension BodyStream: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length; never the content.
    public var description: String { "stream of \(length.map { "\($0)" } ?? "unknown many") bytes" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the length only.
    public var customMirror: Mirror { Mirror(self, children: ["content": description]) }
}
