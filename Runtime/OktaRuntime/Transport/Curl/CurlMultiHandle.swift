internal import CCurlShim

/// A `curl_multi` handle.
///
/// `@unchecked Sendable` holds because the pointer itself never changes and every operation on it is made by the one
/// thread that runs ``CurlLoop``, or by its creator before that thread starts and when it could not start.
struct CurlMultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    static func create(maximumConnectionsPerHost: Int) throws(TransportError) -> CurlMultiHandle {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else {
            throw TransportError(.other, detail: "libcurl cannot start")
        }
        let handle = CurlMultiHandle(pointer: pointer)
        do {
            try handle.set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
            // libcurl's own limit of 100 streams would open further connections; the server's is the one that counts.
            try handle.set(CURLMOPT_MAX_CONCURRENT_STREAMS, 1000)
            try handle.set(CURLMOPT_MAX_HOST_CONNECTIONS, maximumConnectionsPerHost)
            try handle.set(CURLMOPT_MAXCONNECTS, maximumConnectionsPerHost * 2)
        } catch {
            handle.destroy()
            throw error
        }
        return handle
    }

    /// Tells a watch, which must outlive the handle, of the sockets and the timer to wait for.
    func report(to watch: SocketWatch) throws(TransportError) {
        let context = Unmanaged.passUnretained(watch).toOpaque()
        try Self.check(okta_curl_multi_set_pointer(pointer, CURLMOPT_SOCKETDATA, context))
        try Self.check(okta_curl_multi_set_pointer(pointer, CURLMOPT_TIMERDATA, context))
        try Self.check(
            okta_curl_multi_set_socket_callback(pointer) { _, socket, what, context, _ in
                guard let context else { return 0 }
                Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().watch(socket, for: what)
                return 0
            })
        try Self.check(
            okta_curl_multi_set_timer_callback(pointer) { _, milliseconds, context in
                guard let context else { return 0 }
                Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds: milliseconds)
                return 0
            })
    }

    /// Lets libcurl work: on a socket that is ready, or on what its timer was set for.
    func perform(_ socket: curl_socket_t, _ readiness: Int32 = 0) throws(TransportError) {
        var running: Int32 = 0
        try Self.check(curl_multi_socket_action(pointer, socket, readiness, &running))
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

/// libcurl's process-wide set-up.
enum CurlLibrary {
    /// Whether `curl_global_init` succeeded. Runs once; there is no clean-up, since other users of libcurl in the
    /// process may still be at work.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
