public import HTTPTypes

/// One complete HTTP response as a ``Transport`` delivers it.
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
