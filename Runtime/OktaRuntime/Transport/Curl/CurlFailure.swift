internal import CCurlShim

extension TransportError.Kind {
    /// The kind that a libcurl code maps to.
    ///
    /// - Parameters:
    ///   - code: libcurl's code, not `CURLE_OK`.
    ///   - hasAnswer: Whether a status line had arrived.
    init(code: CURLcode, hasAnswer: Bool) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            self = .unknownHost
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            self = .proxyFailed
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED:
            self = .connectionFailed
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS:
            self = .untrustedCertificate
        case CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED:
            self = .tlsFailed
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED:
            // The client certificate and its password are local, so a retry would fail again.
            self = .invalidOptions
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            self = .connectionLost
        case CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            // For HTTP/2, the end of a connection is a partial file even before any data arrived.
            self = hasAnswer ? .truncatedResponse : .connectionLost
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR, CURLE_UNSUPPORTED_PROTOCOL:
            // An "unsupported protocol" here is a response other than HTTP: the scheme of the request was checked
            // before.
            self = .malformedResponse
        case CURLE_FILESIZE_EXCEEDED:
            self = .responseTooLarge
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            self = .invalidRequest
        default:
            self = .other
        }
    }
}
