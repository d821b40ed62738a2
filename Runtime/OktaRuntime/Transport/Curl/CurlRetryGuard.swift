internal import CCurlShim

/// Judges the repetitions that libcurl makes by itself; for requests that must not be done twice.
///
/// When a connection that has served before is lost without an answer, libcurl takes it for one that had been idle for too
/// long, and sends the request again over another, whatever its method. But the server may have done the work: a second
/// `DELETE` of a user is another act than the first, and a proof or an assertion is spent. No option forbids it; but libcurl
/// can be asked to ask before it sends anything.
///
/// One repetition is right: that of an HTTP/2 stream beyond the last one that the server takes, by its GOAWAY, or one that it
/// refuses. These are known not to have been acted on (RFC 9113, section 8.7), and they are the ones that libcurl repeats
/// over HTTP/2 without having noted a failure: whatever breaks a connection leaves its text.
///
/// Belongs to the loop thread.
final class CurlRetryGuard {
    /// Whether a repetition has been forbidden, which has ended the transfer.
    private(set) var hasForbidden = false

    private var departures = 0
    /// Written by libcurl: how the request has gone out last.
    private let isHTTP2: UnsafeMutablePointer<Bool>
    /// Written by libcurl: the first failure of the transfer.
    private let errorText: UnsafePointer<CChar>

    /// - Parameter errorText: Where libcurl notes a failure; lives longer than this.
    init(errorText: UnsafePointer<CChar>) {
        self.errorText = errorText
        isHTTP2 = .allocate(capacity: 1)
        isHTTP2.initialize(to: false)
    }

    deinit {
        isHTTP2.deallocate()
    }

    /// Has a handle ask before it sends, and tell by which version. It must be quiet again before this is gone.
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

    /// Begins anew, for another request.
    func clear() {
        departures = 0
        hasForbidden = false
        isHTTP2.pointee = false
    }

    /// Whether libcurl gave up since the request was refused too often, and never lost: the server has not acted on it.
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
