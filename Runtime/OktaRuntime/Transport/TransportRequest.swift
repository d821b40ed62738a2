public import HTTPTypes

/// One HTTP request as a ``Transport`` receives it: complete, with credentials, ready to be written to the wire.
///
/// Its description and its mirror show the method, the path and the sizes only, since the header fields hold the token.
public struct TransportRequest: Sendable {
    /// Method, scheme, authority, path with query, and header fields.
    public var head: HTTPRequest

    /// The body; `nil` when there is none. A `POST`, `PUT` or `PATCH` without one is sent with `Content-Length: 0`.
    public var body: [UInt8]?

    /// How long to wait at each stage.
    public var timeouts: TransportTimeouts

    /// The largest body, after decompression, that is accepted, in bytes.
    public var maximumResponseBytes: Int

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - head: Method, scheme, authority, path with query, and header fields.
    ///   - body: The body, or `nil` for none.
    ///   - timeouts: How long to wait at each stage.
    ///   - maximumResponseBytes: The largest accepted body in bytes, after decompression.
    public init(
        head: HTTPRequest,
        body: [UInt8]? = nil,
        timeouts: TransportTimeouts = TransportTimeouts(),
        maximumResponseBytes: Int = OktaConfiguration.defaultMaximumResponseBytes
    ) {
        self.head = head
        self.body = body
        self.timeouts = timeouts
        self.maximumResponseBytes = maximumResponseBytes
    }
}

extension TransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, path without its query, and the size of the body.
    public var description: String {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        return "\(head.method.rawValue) \(path), \(body?.count ?? 0) bytes"
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body, so that `dump` prints no secret.
    public var customMirror: Mirror {
        Mirror(self, children: ["request": description, "timeouts": timeouts])
    }
}
