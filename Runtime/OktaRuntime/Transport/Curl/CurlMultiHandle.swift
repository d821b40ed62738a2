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
/// `@unchecked Sendable` is sound because the pointer never changes, and all operations on it are made by the thread
/// that runs ``CurlEventLoop``, or by its creator before that thread starts or if it cannot start. The exception is
/// ``wakeUp()``, which libcurl allows from any thread while the handle exists: ``CurlMailbox`` calls it under its lock,
/// and removes the handle under the same lock before the loop destroys it.
struct CurlMultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    static func create(maximumConnectionsPerHost: Int) throws(TransportError) -> CurlMultiHandle {
        guard CurlLibrary.isReady, let pointer = okta_curl_multi_init() else {
            throw TransportError(.other, detail: "libcurl cannot start")
        }
        let handle = CurlMultiHandle(pointer: pointer)
        do {
            try handle.set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
            // libcurl's default limit of 100 streams would open further connections. Only the server's limit matters.
            try handle.set(CURLMOPT_MAX_CONCURRENT_STREAMS, 1000)
            try handle.set(CURLMOPT_MAX_HOST_CONNECTIONS, maximumConnectionsPerHost)
            // The limit is for all hosts together. It is high because many orgs may share a transport, and no idle
            // connection should be closed in favor of another host's.
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

    /// Makes progress on all transfers without blocking.
    func perform() throws(TransportError) {
        var running: Int32 = 0
        try Self.check(curl_multi_perform(pointer, &running))
    }

    /// Waits until libcurl has work to do, ``wakeUp()`` is called, the deadline passes, or a number of milliseconds has
    /// passed.
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

    /// Ends the current wait, or the next one. This is the only function that any thread may call.
    func wakeUp() {
        // The call fails if the underlying pipe is full, which also wakes the loop.
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

/// libcurl's process-wide initialization.
enum CurlLibrary {
    /// Whether `curl_global_init` succeeded. It runs once. There is no clean-up, because other users of libcurl in the
    /// process may still be active.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK && areLoopsParkedAtExit

    /// Registers the exit handler. It runs before that of OpenSSL, because it is registered after `curl_global_init`,
    /// which registers OpenSSL's.
    private static var areLoopsParkedAtExit: Bool {
        atexit { LoopRegistry.ofProcess.park() } == 0
    }
}

extension TransportError.Kind {
    /// Maps a libcurl code to a kind.
    ///
    /// - Parameters:
    ///   - code: libcurl's code, which is not `CURLE_OK`.
    ///   - hasResponse: Whether a status line has arrived.
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
            // For HTTP/2, libcurl reports a closed connection as a partial file even before any data has arrived.
            self = hasResponse ? .truncatedResponse : .connectionLost
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR, CURLE_UNSUPPORTED_PROTOCOL:
            // The scheme of the request was checked before, so "unsupported protocol" means a response that is not
            // HTTP.
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
