#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif
internal import CCurlShim

/// A `curl_multi` handle.
///
/// `@unchecked Sendable` is sound because the pointer itself never changes, and every operation on it is made by the
/// one thread that runs ``CurlEventLoop``, or by its creator before that thread starts and when it could not start. The
/// exception is ``wakeUp()``, which libcurl allows from any thread while the handle lives: ``CurlMailbox`` calls it
/// under its lock, and drops the handle under the same lock before the loop destroys it.
struct CurlMultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    static func create(maximumConnectionsPerHost: Int) throws(TransportError) -> CurlMultiHandle {
        guard CurlLibrary.isReady, let pointer = okta_curl_multi_init() else {
            throw TransportError(.other, detail: "libcurl cannot start")
        }
        let handle = CurlMultiHandle(pointer: pointer)
        do {
            try handle.set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
            // libcurl's own limit of 100 streams would open further connections; only the server's limit matters.
            try handle.set(CURLMOPT_MAX_CONCURRENT_STREAMS, 1000)
            try handle.set(CURLMOPT_MAX_HOST_CONNECTIONS, maximumConnectionsPerHost)
            // For all hosts together, because many orgs may share a transport: no idle connection is closed in favour
            // of another host's.
            try handle.set(CURLMOPT_MAXCONNECTS, max(maximumConnectionsPerHost * 2, 512))
        } catch {
            handle.destroy()
            throw error
        }
        return handle
    }

    /// Sets the maximum number of connections per host.
    func allow(connectionsPerHost count: Int) {
        // The option was accepted when the handle was created.
        _ = okta_curl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, count)
    }

    /// Lets libcurl work on all its transfers without blocking.
    func perform() throws(TransportError) {
        var running: Int32 = 0
        try Self.check(curl_multi_perform(pointer, &running))
    }

    /// Waits for work for libcurl, a call to ``wakeUp()``, the deadline, or the end of a number of milliseconds.
    ///
    /// - Returns: Whether a connection is ready.
    func wait(
        until deadline: ContinuousClock.Instant?, now: ContinuousClock.Instant, atMost milliseconds: Int
    ) throws(TransportError) -> Bool {
        var left = milliseconds
        if let deadline { left = min(left, now.duration(to: deadline).wholeMilliseconds) }
        var ready: Int32 = 0
        try Self.check(curl_multi_poll(pointer, nil, 0, Int32(clamping: max(left, 0)), &ready))
        return ready > 0
    }

    /// Ends a wait, or the next one; the only call that any thread may make while the handle lives.
    func wakeUp() {
        // Fails when the underlying pipe is full, which also wakes the loop.
        _ = curl_multi_wakeup(pointer)
    }

    func destroy() {
        _ = curl_multi_cleanup(pointer)
    }

    private func set(_ option: CURLMoption, _ value: Int) throws(TransportError) {
        try Self.check(okta_curl_multi_set_long(pointer, option, value))
    }

    static func check(_ code: CURLMcode) throws(TransportError) {
        guard code == CURLM_OK else {
            throw TransportError(.other, detail: String(cString: curl_multi_strerror(code)))
        }
    }
}

/// libcurl's process-wide initialisation.
enum CurlLibrary {
    /// Whether `curl_global_init` succeeded. Runs once; there is no clean-up, because other users of libcurl in the
    /// process may still be active.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK && areLoopsParkedAtExit

    /// Registered after OpenSSL's own handler, which `curl_global_init` registers, and therefore run before it.
    private static var areLoopsParkedAtExit: Bool {
        atexit { LoopRegistry.ofProcess.park() } == 0
    }
}

extension TransportError.Kind {
    /// The kind that a libcurl code maps to.
    ///
    /// - Parameters:
    ///   - code: libcurl's code, not `CURLE_OK`.
    ///   - hasResponse: Whether a status line had arrived.
    init(code: CURLcode, hasResponse: Bool) {
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
            self = hasResponse ? .truncatedResponse : .connectionLost
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
