internal import CCurlShim

/// A reusable buffer for request URLs, most of which differ only in the path.
struct CurlURL {
    private var bytes: [UInt8]
    private let originLength: Int

    /// - Parameter origin: Scheme, host and port, the common prefix of the URLs.
    init(origin: String = "") {
        bytes = Array(origin.utf8)
        originLength = bytes.count
    }

    /// Writes the URL for a path into a handle, which copies it.
    mutating func set(path: String, in handle: CurlHandle) throws(TransportError) {
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw TransportError(.invalidRequest, detail: "a path that does not begin with /")
        }
        clear()
        bytes.append(contentsOf: path.utf8)
        guard !bytes.contains(0) else { throw TransportError(.invalidRequest, detail: "a NUL byte in a URL") }
        bytes.append(0)
        try handle.check(
            bytes.withUnsafeMutableBytes { okta_curl_set_pointer(handle.pointer, CURLOPT_URL, $0.baseAddress) })
    }

    /// Clears the path.
    mutating func clear() {
        bytes.removeLast(bytes.count - originLength)
    }
}
