public import HTTPTypes

/// A type that sends a request to a server and returns its response.
///
/// The client builds every request in the same way and passes it to its transport. Tests and programs with special
/// requirements, such as a recorder or another HTTP stack, provide their own. Only ``send(_:)`` is required. A
/// transport does not follow redirects, store cookies, retry or interpret the status: a 404 is a response, not an
/// error.
public protocol HTTPTransport: Sendable {
    /// Sends the request and waits for the complete response.
    ///
    /// - Parameter request: The request, whose scheme, authority and path are set.
    /// - Returns: The status, the header fields in the order received, including duplicates, and the decoded body.
    /// - Throws: A ``TransportError``, of kind ``TransportError/Kind/cancelled`` if the task was cancelled.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse

    /// Sends the request and returns the response as soon as its header fields have arrived. The body follows.
    ///
    /// The default implementation waits for the complete response and delivers the body in one piece.
    ///
    /// - Parameter request: The request, whose scheme, authority and path are set.
    /// - Returns: The status, the header fields, and the body as a sequence of pieces.
    /// - Throws: A ``TransportError``, of kind ``TransportError/Kind/cancelled`` if the task was cancelled.
    func stream(_ request: TransportRequest) async throws(TransportError) -> TransportResponse.Stream
}

extension HTTPTransport {
    /// Waits for the complete response and delivers its body in one piece.
    public func stream(_ request: TransportRequest) async throws(TransportError) -> TransportResponse.Stream {
        TransportResponse.Stream(try await send(request))
    }
}

/// A complete HTTP response from an ``HTTPTransport``.
public struct TransportResponse: Sendable {
    /// The status and the header fields in the order received, including duplicates.
    ///
    /// The fields are unchanged: `Content-Encoding` and `Content-Length` describe the body on the wire, not the
    /// decompressed ``body``.
    public var head: HTTPResponse

    /// The body after decompression; empty if there was none.
    public var body: [UInt8]

    /// Whether the body ended because the connection did: over HTTP/1, without a length and without chunks (RFC 9112,
    /// section 6.3). Nothing in the message then shows whether the body is complete.
    public var endedWithConnection: Bool

    /// Creates a response.
    ///
    /// - Parameters:
    ///   - head: The status and header fields.
    ///   - body: The body after decompression.
    ///   - endedWithConnection: Whether the body ended because the connection did.
    public init(head: HTTPResponse, body: [UInt8] = [], endedWithConnection: Bool = false) {
        self.head = head
        self.body = body
        self.endedWithConnection = endedWithConnection
    }
}

extension TransportResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status and the size, without the content, which may contain secrets.
    public var description: String { "\(head.status.code), \(body.count) bytes" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body, so that `dump` prints no secret.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
