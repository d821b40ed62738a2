/// The error of a request that received no complete response.
///
/// It contains no header fields, body or credentials.
public struct TransportError: Error, Sendable, Hashable {
    /// The kind of failure.
    public var kind: Kind

    /// The message of the HTTP library, such as the host that was not found; may be empty. It is safe to display: at
    /// most 1000 characters, without control characters and line breaks.
    public var detail: String

    /// Whether the server may have received a byte of the request and may have processed it. A retry is safe if this is
    /// false.
    public var mayHaveReachedServer: Bool

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: The kind of failure.
    ///   - detail: The message of the HTTP library, without secrets.
    ///   - mayHaveReachedServer: Whether any byte of the request may have reached the server.
    public init(_ kind: Kind, detail: String = "", mayHaveReachedServer: Bool = false) {
        self.kind = kind
        self.detail = detail.isEmpty ? detail : ForeignText.shown(detail)
        self.mayHaveReachedServer = mayHaveReachedServer
    }

    /// The kind of failure. The set is open, because later versions may add kinds.
    public struct Kind: Sendable, Hashable, RawRepresentable {
        /// A stable, readable name such as `"unknownHost"`.
        public let rawValue: String

        /// Wraps a name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The task was cancelled and the transfer was ended.
        public static var cancelled: Kind { Kind(rawValue: "cancelled") }
        /// The transport was shut down before the response was complete.
        public static var shutDown: Kind { Kind(rawValue: "shutDown") }
        /// The request is invalid, because its scheme is not allowed or a part is missing.
        public static var invalidRequest: Kind { Kind(rawValue: "invalidRequest") }
        /// An option of the transport is invalid, such as an unreadable file, a wrong password for it, or a proxy that
        /// is not a URL.
        public static var invalidOptions: Kind { Kind(rawValue: "invalidOptions") }
        /// The source of a streamed body failed, because a file cannot be read or the length is not the announced one.
        public static var bodyFailed: Kind { Kind(rawValue: "bodyFailed") }
        /// The host name did not resolve.
        public static var unknownHost: Kind { Kind(rawValue: "unknownHost") }
        /// The proxy could not be found, or cannot reach the server at the moment.
        public static var proxyFailed: Kind { Kind(rawValue: "proxyFailed") }
        /// The proxy rejects the user name and the password, or requires them (407). Never retried, because retries may
        /// lock the account.
        public static var proxyAuthenticationFailed: Kind { Kind(rawValue: "proxyAuthenticationFailed") }
        /// The proxy does not allow the connection (403 and similar statuses).
        public static var proxyRefused: Kind { Kind(rawValue: "proxyRefused") }
        /// The connection was refused, or there is no route to the host.
        public static var connectionFailed: Kind { Kind(rawValue: "connectionFailed") }
        /// A timeout of ``TransportRequest/Timeouts`` has passed.
        public static var timedOut: Kind { Kind(rawValue: "timedOut") }
        /// The TLS handshake failed.
        public static var tlsFailed: Kind { Kind(rawValue: "tlsFailed") }
        /// The server's certificate is not trusted, or belongs to another host, or the CA bundle cannot be read.
        public static var untrustedCertificate: Kind { Kind(rawValue: "untrustedCertificate") }
        /// The connection was lost before the response was complete.
        public static var connectionLost: Kind { Kind(rawValue: "connectionLost") }
        /// The body ended before its announced length.
        public static var truncatedResponse: Kind { Kind(rawValue: "truncatedResponse") }
        /// The response is not HTTP, or violates its rules.
        public static var malformedResponse: Kind { Kind(rawValue: "malformedResponse") }
        /// The response exceeds ``TransportRequest/maximumResponseBytes``, or its head exceeds 256 KiB.
        public static var responseTooLarge: Kind { Kind(rawValue: "responseTooLarge") }
        /// Any other failure; see ``TransportError/detail``.
        public static var other: Kind { Kind(rawValue: "other") }
    }
}

extension TransportError {
    /// Creates the error of a streamed body's source. Any other error type is described only by its name, because its
    /// text may contain secrets.
    init(bodyFailure error: any Error) {
        self = error as? TransportError ?? TransportError(.bodyFailed, detail: "its source threw \(type(of: error))")
    }
}

extension TransportError: CustomStringConvertible {
    /// A sentence that describes the failure, with the detail in brackets.
    public var description: String {
        detail.isEmpty ? sentence : "\(sentence) (\(detail))"
    }

    private var sentence: String {
        switch kind {
        case .cancelled: "the request was cancelled"
        case .shutDown: "the transport was shut down"
        case .invalidRequest: "the request cannot be sent"
        case .invalidOptions: "the transport cannot be set up"
        case .bodyFailed: "the request body could not be read"
        case .unknownHost: "the host name does not resolve"
        case .proxyFailed: "the proxy cannot be reached, or cannot connect to the server"
        case .proxyAuthenticationFailed: "the proxy rejected the user name and password, or requires them"
        case .proxyRefused: "the proxy does not allow the connection to the server"
        case .connectionFailed: "no connection to the server"
        case .timedOut: "the request took too long"
        case .tlsFailed: "no secure connection to the server"
        case .untrustedCertificate: "the server's certificate is not trusted"
        case .connectionLost: "the connection was closed before the response was complete"
        case .truncatedResponse: "the response ended too early"
        case .malformedResponse: "the response is not valid HTTP"
        case .responseTooLarge: "the response is too large"
        default: "the request failed"
        }
    }
}
