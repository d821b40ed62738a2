public import HTTPTypes

/// A good answer whose body is read piece by piece while it arrives; see ``OktaClient/stream(_:maximumBytes:)``.
///
/// The body can be read once. The server is held back while nobody reads, so memory stays bounded whatever the length.
/// Cancelling the task that reads ends the transfer at once, and so does letting go of the stream and its iterators. A
/// body that breaks off throws ``OktaError/transport(_:)``; what was read before is good, and nothing is attempted again.
public struct OktaStream: AsyncSequence, Sendable {
    /// A piece of the body, never empty, after decompression.
    public typealias Element = [UInt8]
    /// What reading may throw.
    public typealias Failure = OktaError

    private let answer: OktaResponse
    private let read: BodyReader

    /// - Parameter answer: The answer without its body.
    init(_ answer: OktaResponse, read: @escaping BodyReader) {
        self.answer = answer
        self.read = read
    }

    /// The status, which is 2xx.
    public var status: HTTPResponse.Status { answer.status }

    /// The header fields, in the order received, duplicates kept.
    public var headers: HTTPFields { answer.headers }

    /// Okta's id of the request, to be given to its support; `nil` when the answer did not come from an org.
    public var requestID: String? { answer.requestID }

    /// The rate limit that applied; `nil` when the answer does not state one.
    public var rateLimit: RateLimit? { answer.rateLimit }

    /// The attempts of the call before this answer; usually none.
    public var previousAttempts: [CallAttempt] { answer.previousAttempts }

    /// Reads the body piece by piece.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }

    /// Reads a body piece by piece.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let stream: OktaStream

        /// Waits for the next piece; `nil` at the end of the body.
        public mutating func next() async throws(OktaError) -> [UInt8]? { try await stream.next() }

        /// Waits for the next piece; `nil` at the end of the body.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OktaError) -> [UInt8]? {
            try await stream.next()
        }
    }

    private func next() async throws(OktaError) -> [UInt8]? {
        do {
            return try await read()
        } catch {
            guard error.kind != .cancelled else { throw .cancelled }
            var failure = TransportFailure(error, method: answer.method, path: answer.path)
            failure.previousAttempts = previousAttempts
            throw .transport(failure)
        }
    }
}

extension OktaStream: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The call and the status; never the content, which may hold secrets.
    public var description: String {
        "\(answer.method.rawValue) \(answer.path): \(status.code), streamed"
            + (requestID.flatMap(ForeignText.identifier).map { " (request \($0))" } ?? "")
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
