internal import CCurlShim

/// Controls libcurl's automatic resends, for requests that must not be executed twice.
///
/// When a reused connection is lost without a response, libcurl assumes that it had been idle for too long, and resends
/// the request over another one, for any method. But the server may have done the work: a second `DELETE` of a user has
/// a different effect than the first, and a proof or an assertion is used up. No option disables this, but libcurl can
/// call back before it sends anything.
///
/// One resend is safe: that of an HTTP/2 stream after the last one that the server accepts in its GOAWAY, or of a
/// stream that the server refuses. The server did not act on these (RFC 9113, section 8.7), and they are the ones that
/// libcurl resends over HTTP/2 without a recorded error: any broken connection leaves an error text.
///
/// Confined to the loop thread.
final class CurlRetryGuard {
    /// Whether a resend was forbidden, which has ended the transfer.
    private(set) var hasForbidden = false

    private var departures = 0
    /// Written by libcurl: whether the last send used HTTP/2.
    private let isHTTP2: UnsafeMutablePointer<Bool>
    /// Written by libcurl: the first error of the transfer.
    private let errorText: UnsafePointer<CChar>

    /// - Parameter errorText: The buffer for libcurl's error; outlives this object.
    init(errorText: UnsafePointer<CChar>) {
        self.errorText = errorText
        isHTTP2 = .allocate(capacity: 1)
        isHTTP2.initialize(to: false)
    }

    deinit {
        isHTTP2.deallocate()
    }

    /// Registers callbacks with a handle: before it sends, and for the HTTP version used. They must be removed before
    /// this object is destroyed.
    func watch(_ handle: CurlHandle) throws(TransportError) {
        let code = okta_curl_set_departure_callback(
            handle.pointer,
            { context, _, _, _, _ in
                guard let context else { return Int32(CURL_PREREQFUNC_ABORT) }
                let mayDepart = Unmanaged<CurlRetryGuard>.fromOpaque(context).takeUnretainedValue().mayDepart()
                return Int32(mayDepart ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
            }, Unmanaged.passUnretained(self).toOpaque())
        try handle.check(code)
        try handle.check(okta_curl_watch_version(handle.pointer, isHTTP2))
    }

    /// Resets the state for another request.
    func clear() {
        departures = 0
        hasForbidden = false
        isHTTP2.pointee = false
    }

    /// Whether libcurl gave up because the request was refused too often, and was never lost: the server has not acted
    /// on it.
    var isRefused: Bool {
        departures > 1 && isHTTP2.pointee && String(cString: errorText).hasPrefix("Connection died, tried")
    }

    /// Whether the request may be sent, for the first time or again.
    private func mayDepart() -> Bool {
        departures += 1
        hasForbidden = departures > 1 && !(isHTTP2.pointee && errorText.pointee == 0)
        return !hasForbidden
    }
}
