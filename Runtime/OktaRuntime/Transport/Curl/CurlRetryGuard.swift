internal import CCurlShim

/// Controls libcurl's automatic resends, for requests that must not be executed twice.
///
/// If a reused connection is lost without a response, libcurl assumes that it was idle for too long, and resends the
/// request over another connection, for any method. However, the server may have processed the request: a second
/// `DELETE` of a user has a different effect than the first, and a proof or assertion can be used only once. No option
/// disables this behavior, but libcurl calls a function before it sends a request.
///
/// A resend is safe only for an HTTP/2 stream that is beyond the last one accepted in the server's GOAWAY, or that the
/// server refuses. The server did not process such a stream (RFC 9113, section 8.7). libcurl resends only these over
/// HTTP/2 without recording an error; any broken connection leaves an error text.
///
/// The guard is confined to the loop thread.
final class CurlRetryGuard {
    /// Whether a resend was forbidden, which has ended the transfer.
    private(set) var hasForbidden = false

    private var departures = 0
    /// Whether the last send used HTTP/2; written by libcurl.
    private let isHTTP2: UnsafeMutablePointer<Bool>
    /// The first error of the transfer; written by libcurl.
    private let errorText: UnsafePointer<CChar>

    /// - Parameter errorText: The buffer for libcurl's error, which must outlive this object.
    init(errorText: UnsafePointer<CChar>) {
        self.errorText = errorText
        isHTTP2 = .allocate(capacity: 1)
        isHTTP2.initialize(to: false)
    }

    deinit {
        isHTTP2.deallocate()
    }

    /// Registers the callback before a send, and the observer of the HTTP version, with a handle. They must be removed
    /// before this object is destroyed.
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

    /// Whether libcurl gave up because the server refused the request too often. The request was never lost, so the
    /// server has not processed it.
    var isRefused: Bool {
        departures > 1 && isHTTP2.pointee && String(cString: errorText).hasPrefix("Connection died, tried")
    }

    /// Returns whether the request may be sent, for the first time or again.
    private func mayDepart() -> Bool {
        departures += 1
        hasForbidden = departures > 1 && !(isHTTP2.pointee && errorText.pointee == 0)
        return !hasForbidden
    }
}
