internal import CCurlShim

/// A `curl_multi` handle.
///
/// `@unchecked Sendable` holds because the pointer itself never changes and every operation on it but ``wakeUp()`` is
/// made by the one thread that runs ``CurlLoop`` (or by the creator, when that thread did not start). Wake-ups come
/// from any thread: libcurl documents `curl_multi_wakeup` as safe for that, and ``CurlMailbox`` makes them under its
/// lock and drops the handle under the same lock before it is destroyed.
struct CurlMultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    static func create(maximumConnectionsPerHost: Int) throws(TransportError) -> CurlMultiHandle {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else {
            throw TransportError(.other, detail: "libcurl cannot start")
        }
        let handle = CurlMultiHandle(pointer: pointer)
        let limit = min(max(maximumConnectionsPerHost, 1), 1024)
        do {
            try handle.set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
            try handle.set(CURLMOPT_MAX_HOST_CONNECTIONS, limit)
            try handle.set(CURLMOPT_MAXCONNECTS, limit * 2)
        } catch {
            handle.destroy()
            throw error
        }
        return handle
    }

    func wakeUp() {
        // Fails only for an invalid handle or a full wake-up pipe; the pipe being full, the loop wakes anyway.
        _ = curl_multi_wakeup(pointer)
    }

    func destroy() {
        _ = curl_multi_cleanup(pointer)
    }

    private func set(_ option: CURLMoption, _ value: Int) throws(TransportError) {
        let code = okta_curl_multi_set_long(pointer, option, value)
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
