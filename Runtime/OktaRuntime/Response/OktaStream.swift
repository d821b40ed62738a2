public import HTTPTypes

/// A 2xx response whose body is read in pieces as it arrives; see ``OktaClient/stream(_:maximumBytes:)``.
///
/// The body can be read once. Backpressure applies, so that memory use does not depend on the length. Cancelling the
/// reading task, or releasing the stream and its iterators, ends the transfer immediately. If the connection is lost,
/// reading throws ``OktaError/transport(_:)`` without a retry. The pieces read before are valid. Over HTTP/1, a body
/// with neither a length nor chunks ends with its connection, so that a lost connection looks like its end. Okta sends
/// no such body, but a proxy may.
public struct OktaStream: AsyncSequence, Sendable {
    /// A piece of the body, never empty, after decompression.
    public typealias Element = [UInt8]
    /// The error that reading throws.
    public typealias Failure = OktaError

    private let response: OktaResponse
    private let read: BodyReader

    /// - Parameter response: The response without its body.
    init(_ response: OktaResponse, read: @escaping BodyReader) {
        self.response = response
        self.read = read
    }

    /// The status, which is 2xx.
    public var status: HTTPResponse.Status { response.status }

    /// The header fields in the order received, including duplicates.
    public var headers: HTTPFields { response.headers }

    /// Okta's id of the request, for a support case; `nil` if the response did not come from an org.
    public var requestID: String? { response.requestID }

    /// The rate limit that applied; `nil` if the response does not state one.
    public var rateLimit: RateLimit? { response.rateLimit }

    /// The attempts of the call before this response; usually none.
    public var previousAttempts: [RetriedAttempt] { response.previousAttempts }

    /// Creates an iterator over the pieces of the body.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }

    /// An iterator over the pieces of a body.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let stream: OktaStream

        /// Waits for the next piece; `nil` at the end of the body.
        ///
        /// - Throws: ``OktaError``: ``OktaError/transport(_:)`` if the connection is lost or a limit is exceeded.
        public mutating func next() async throws(OktaError) -> [UInt8]? { try await stream.next() }

        /// Waits for the next piece; `nil` at the end of the body.
        ///
        /// - Throws: ``OktaError``: ``OktaError/transport(_:)`` if the connection is lost or a limit is exceeded.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OktaError) -> [UInt8]? {
            try await stream.next()
        }
    }

    private func next() async throws(OktaError) -> [UInt8]? {
        do {
            return try await read()
        } catch {
            guard error.kind != .cancelled else { throw .cancelled }
            var failure = OktaError.TransportFailure(error, method: response.method, path: response.path)
            failure.previousAttempts = previousAttempts
            throw .transport(failure)
        }
    }
}

extension OktaStream: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The call and the status, without the content, which may contain secrets.
    public var description: String {
        "\(response.method.rawValue) \(response.path): \(status.code), streamed"
            + (requestID.flatMap(ForeignText.identifier).map { " (request \($0))" } ?? "")
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
