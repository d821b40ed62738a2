public import HTTPTypes
import Synchronization

/// A function that waits for the next piece of a body and returns it; `nil` at its end.
typealias BodyReader = @Sendable () async throws(TransportError) -> [UInt8]?

extension TransportResponse {
    /// A response whose body is read in pieces as it arrives.
    ///
    /// ```swift
    /// for try await piece in try await transport.stream(request) { try file.write(contentsOf: piece) }
    /// ```
    ///
    /// The body can be read once. Backpressure applies, so that memory use is bounded. Cancelling the reading task, or
    /// releasing the stream and its iterators, ends the transfer immediately.
    public struct Stream: AsyncSequence, Sendable {
        /// A piece of the body, never empty, after decompression.
        public typealias Element = [UInt8]
        /// The error that reading throws.
        public typealias Failure = TransportError

        /// The status and header fields, unchanged as in ``TransportResponse/head``.
        public let head: HTTPResponse

        let read: BodyReader

        /// Creates a stream over a source of pieces.
        ///
        /// - Parameters:
        ///   - head: The status and header fields.
        ///   - read: Waits for the next piece and returns it; `nil` at the end of the body. Released with the stream.
        public init(head: HTTPResponse, read: @escaping @Sendable () async throws(TransportError) -> [UInt8]?) {
            self.head = head
            self.read = read
        }

        /// Creates a stream of one piece from a complete response.
        public init(_ response: TransportResponse) {
            let rest = OnePiece(response.body)
            self.init(head: response.head) { () async throws(TransportError) -> [UInt8]? in rest.take() }
        }

        /// Creates an iterator over the pieces of the body.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(read: read) }

        /// Reads the rest of the body into memory.
        ///
        /// - Parameter limit: The largest number of bytes to accept.
        /// - Throws: A ``TransportError``, of kind ``TransportError/Kind/responseTooLarge`` beyond the limit.
        public func collect(upTo limit: Int) async throws(TransportError) -> [UInt8] {
            var bytes: [UInt8] = []
            while let piece = try await read() {
                guard piece.count <= limit - bytes.count else {
                    throw TransportError(.responseTooLarge, mayHaveReachedServer: true)
                }
                if bytes.isEmpty { bytes = piece } else { bytes += piece }
            }
            return bytes
        }

        /// An iterator over the pieces of a body.
        public struct AsyncIterator: AsyncIteratorProtocol {
            let read: BodyReader

            /// Waits for the next piece; `nil` at the end of the body.
            ///
            /// - Throws: A ``TransportError`` if the transfer fails.
            public mutating func next() async throws(TransportError) -> [UInt8]? { try await read() }

            /// Waits for the next piece; `nil` at the end of the body.
            ///
            /// - Throws: A ``TransportError`` if the transfer fails.
            public mutating func next(isolation actor: isolated (any Actor)?) async throws(TransportError) -> [UInt8]? {
                try await read()
            }
        }

        /// A body in memory that can be read once.
        final class OnePiece: Sendable {
            private let bytes: Mutex<[UInt8]>
            init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes) }

            func take() -> [UInt8]? {
                bytes.withLock { bytes in
                    defer { bytes = [] }
                    return bytes.isEmpty ? nil : bytes
                }
            }
        }
    }
}

extension TransportResponse.Stream: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status, without the header fields and the body, which may contain secrets.
    public var description: String { "\(head.status.code), streamed" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the status only.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
