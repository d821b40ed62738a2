public import HTTPTypes

/// Sends one request to the server and returns its response.
///
/// The client builds every request in the same way and passes it to its transport. Tests and programs with special
/// needs (a recorder, another HTTP stack) supply their own, for which ``send(_:)`` is sufficient. A transport does not
/// follow redirects, does not store cookies, does not retry, and does not judge the status: a 404 is a response, not an
/// error.
public protocol HTTPTransport: Sendable {
    /// Sends the request and waits for the complete response.
    ///
    /// - Parameter request: The request; its scheme, authority and path are set.
    /// - Returns: Status, header fields in the order received, duplicates kept, and the decoded body.
    /// - Throws: A ``TransportError``; of kind ``TransportError/Kind/cancelled`` when the task was cancelled.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse

    /// Sends the request and returns the response as soon as its header fields have arrived; the body follows.
    ///
    /// The default implementation waits for the complete response and delivers the body in one piece.
    ///
    /// - Parameter request: The request; its scheme, authority and path are set.
    /// - Returns: Status, header fields, and the body as a sequence of pieces.
    /// - Throws: A ``TransportError``; of kind ``TransportError/Kind/cancelled`` when the task was cancelled.
    func stream(_ request: TransportRequest) async throws(TransportError) -> TransportResponse.Stream
}

extension HTTPTransport {
    /// Waits for the complete response and delivers its body in one piece.
    public func stream(_ request: TransportRequest) async throws(TransportError) -> TransportResponse.Stream {
        TransportResponse.Stream(try await send(request))
    }
}

/// One complete HTTP response as a ``HTTPTransport`` delivers it.
public struct TransportResponse: Sendable {
    /// Status and header fields, in the order received, duplicates kept.
    ///
    /// The fields are unchanged: `Content-Encoding` and `Content-Length` describe the body on the wire, not the
    /// decompressed ``body``.
    public var head: HTTPResponse

    /// The body after decompression; empty when there was none.
    public var body: [UInt8]

    /// Creates a response.
    ///
    /// - Parameters:
    ///   - head: Status and header fields.
    ///   - body: The body after decompression.
    public init(head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}

extension TransportResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Status and size; never the content, which may hold secrets.
    public var description: String { "\(head.status.code), \(body.count) bytes" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body, so that `dump` prints no secret.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
