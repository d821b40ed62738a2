internal import CCurlShim
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

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

    /// Waits for work for libcurl, a call to ``wakeUp()``, or the deadline.
    func wait(until deadline: ContinuousClock.Instant?, now: ContinuousClock.Instant) throws(TransportError) {
        var left = 60_000
        if let deadline { left = min(left, now.duration(to: deadline).wholeMilliseconds) }
        try Self.check(curl_multi_poll(pointer, nil, 0, Int32(clamping: max(left, 0)), nil))
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
