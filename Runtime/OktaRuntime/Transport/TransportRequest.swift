public import HTTPTypes
import Synchronization

/// A complete HTTP request for an ``HTTPTransport``, including credentials.
///
/// Its description and its mirror show only the method, the path and the sizes, because the header fields contain the
/// token.
public struct TransportRequest: Sendable {
    /// The method, scheme, authority, path with query, and header fields.
    public var head: HTTPRequest

    /// The body; `nil` if there is none. A `POST`, `PUT` or `PATCH` without a body is sent with `Content-Length: 0`.
    public var body: [UInt8]?

    /// A body that is produced while it is sent, instead of ``body``; `nil` for none. Transports that support only
    /// bytes collect it with ``collectedBody()``.
    public var streamedBody: BodyStream?

    /// The timeouts for each stage.
    public var timeouts: TransportRequest.Timeouts

    /// The largest body to accept, in bytes after decompression; `Int.max` for no limit.
    public var maximumResponseBytes: Int

    /// The default of ``maximumResponseBytes``: 256 MiB.
    public static let defaultMaximumResponseBytes = 256 << 20

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - head: The method, scheme, authority, path with query, and header fields.
    ///   - body: The body, or `nil` for none.
    ///   - streamedBody: A body that is produced while it is sent, instead of `body`.
    ///   - timeouts: The timeouts for each stage.
    ///   - maximumResponseBytes: The largest accepted body, in bytes after decompression.
    public init(
        head: HTTPRequest,
        body: [UInt8]? = nil,
        streamedBody: BodyStream? = nil,
        timeouts: TransportRequest.Timeouts = TransportRequest.Timeouts(),
        maximumResponseBytes: Int = TransportRequest.defaultMaximumResponseBytes
    ) {
        self.head = head
        self.body = body
        self.streamedBody = streamedBody
        self.timeouts = timeouts
        self.maximumResponseBytes = maximumResponseBytes
    }

    /// Returns the whole body in memory, whether or not it is streamed; `nil` if there is none.
    ///
    /// - Throws: A ``TransportError`` of kind ``TransportError/Kind/bodyFailed`` if a streamed body's source fails.
    public func collectedBody() async throws(TransportError) -> [UInt8]? {
        guard let streamedBody else { return body }
        let collected = Mutex<[UInt8]>([])
        do {
            try await streamedBody.produce { piece in collected.withLock { $0 += piece } }
        } catch {
            throw TransportError(bodyFailure: error)
        }
        return collected.withLock { $0 }
    }
}

extension TransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, the path without its query, and the size of the body.
    public var description: String {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        let size = streamedBody.map(\.description) ?? "\(body?.count ?? 0) bytes"
        return "\(head.method.rawValue) \(path), \(size)"
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body, so that `dump` prints no secret.
    public var customMirror: Mirror {
        Mirror(self, children: ["request": description, "timeouts": timeouts])
    }
}

extension TransportRequest {
    /// The timeouts of one request, for each stage.
    public struct Timeouts: Sendable, Hashable {
        /// The timeout for connecting, including name lookup and TLS handshake.
        public var connect: Duration

        /// The timeout for the whole call, from the moment it is passed to the transport; `nil` for no limit.
        public var total: Duration?

        /// The idle timeout: the time in which nothing is transferred in either direction, or less than one byte a
        /// second by libcurl's average over the last few seconds; `nil` for no limit. Whole seconds, at least 1.
        public var idle: Duration?

        /// Creates a set of timeouts.
        ///
        /// - Parameters:
        ///   - connect: The timeout for connecting. Defaults to 10 seconds.
        ///   - total: The timeout for the whole call. Defaults to no limit.
        ///   - idle: The idle timeout. Defaults to 60 seconds.
        public init(connect: Duration = .seconds(10), total: Duration? = nil, idle: Duration? = .seconds(60)) {
            self.connect = connect
            self.total = total
            self.idle = idle
        }
    }
}
