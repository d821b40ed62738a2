internal import CCurlShim
internal import HTTPTypes

/// A `curl_easy` handle with checked setters, confined to the loop thread.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer

    init() throws(TransportError) {
        guard let pointer = curl_easy_init() else {
            throw TransportError(.other, detail: "libcurl cannot create a transfer")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }

    /// Resets all options. Connections and caches belong to the multi handle and are kept.
    func reset() {
        curl_easy_reset(pointer)
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(okta_curl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, offset value: Int) throws(TransportError) {
        try check(okta_curl_set_offset(pointer, option, curl_off_t(value)))
    }

    /// Sets a string option. libcurl copies the string.
    func set(_ option: CURLoption, _ value: String) throws(TransportError) {
        guard !value.utf8.contains(0) else { throw TransportError(.invalidRequest, detail: "a NUL byte in a string") }
        try check(okta_curl_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(TransportError) {
        try check(okta_curl_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, list value: UnsafeMutablePointer<curl_slist>?) throws(TransportError) {
        try check(okta_curl_set_list(pointer, option, value))
    }

    func set(_ option: CURLoption, callback: @escaping okta_curl_data_callback) throws(TransportError) {
        try check(okta_curl_set_data_callback(pointer, option, callback))
    }

    /// Copies the bytes into the handle.
    func setBody(_ bytes: [UInt8]) throws(TransportError) {
        // The size is set first, so that libcurl copies that many bytes, including zero bytes.
        try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bytes.count)
        let code = bytes.withUnsafeBytes { buffer in
            // An empty array may have no address, and NULL would make libcurl read from a file.
            guard let start = buffer.baseAddress else {
                return okta_curl_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")
            }
            return okta_curl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: start))
        }
        try check(code)
    }

    /// The length that the response states for its encoded body; `nil` if there is none or it is 0.
    var announcedLength: Int? {
        var length: curl_off_t = 0
        let code = okta_curl_get_offset(pointer, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
        return code == CURLE_OK && length > 0 ? Int(length) : nil
    }

    /// Returns whether the body of a response ended because the connection did; see
    /// ``TransportResponse/endedWithConnection``.
    func endedWithConnection(_ response: HTTPResponse) -> Bool {
        var version = 0
        let fields = response.headerFields
        return announcedLength == nil && !fields.contains(.transferEncoding) && !fields.contains(.contentLength)
            && okta_curl_get_long(pointer, CURLINFO_HTTP_VERSION, &version) == CURLE_OK
            && version <= CURL_HTTP_VERSION_1_1
    }

    /// The failure of a proxy that refused to connect, if any. The request then reached only the proxy.
    var proxyRefusal: TransportError.Kind? {
        var status = 0
        guard okta_curl_get_long(pointer, CURLINFO_HTTP_CONNECTCODE, &status) == CURLE_OK, status >= 300 else {
            return nil
        }
        switch status {
        case 407: return .proxyAuthenticationFailed
        // These statuses are transient.
        case 408, 425, 429, 500...: return .proxyFailed
        default: return .proxyRefused
        }
    }

    /// Whether the request itself has been written to a connection, at least in part. Opening a tunnel through a proxy
    /// does not count.
    var hasSentRequest: Bool {
        var size = 0
        var moment: curl_off_t = 0
        // libcurl also counts the bytes of CONNECT, but records the time at which it starts with the request.
        return okta_curl_get_long(pointer, CURLINFO_REQUEST_SIZE, &size) == CURLE_OK && size > 0
            && okta_curl_get_offset(pointer, CURLINFO_PRETRANSFER_TIME_T, &moment) == CURLE_OK && moment > 0
    }

    func check(_ code: CURLcode) throws(TransportError) {
        guard code == CURLE_OK else {
            throw TransportError(.invalidRequest, detail: String(cString: curl_easy_strerror(code)))
        }
    }
}

/// A reusable buffer for request URLs, most of which differ only in the path.
struct CurlURL {
    private var bytes: [UInt8]
    private let originLength: Int

    /// - Parameter origin: The scheme, host and port, which are the common prefix of the URLs.
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

/// The header fields of a request in libcurl's form.
struct CurlHeaderList: ~Copyable {
    private let fields: HTTPFields
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    /// - Parameter passesAll: Whether the fields are sent unchanged, without fields that libcurl would add, and with
    ///   the content codings that the caller accepts.
    init(_ fields: HTTPFields, hasBody: Bool, passesAll: Bool = false) throws(TransportError) {
        self.fields = fields
        // libcurl would write the same field, but formats it twice per request, which takes as long as many fields.
        if !passesAll, let line = Self.acceptEncoding { try append(line) }
        if passesAll, !fields.contains(.accept) { try append("Accept:") }
        if hasBody {
            // libcurl must neither declare the body as a form nor wait for "100 Continue".
            try append("Expect:")
            if !fields.contains(.contentType) { try append("Content-Type:") }
        }
        for field in fields
        where !Self.ownedByLibrary.contains(field.name) || passesAll && field.name == .acceptEncoding {
            // "Name:" would remove a header; "Name;" is libcurl's syntax for an empty one.
            let value = field.value
            try append(value.isEmpty ? field.name.rawName + ";" : field.name.rawName + ": " + value)
        }
    }

    deinit {
        curl_slist_free_all(pointer)
    }

    /// Returns whether the list contains these fields. The order of fields with different names has no meaning.
    func stands(for fields: HTTPFields) -> Bool { self.fields == fields }

    private mutating func append(_ line: String) throws(TransportError) {
        guard let longer = curl_slist_append(pointer, line) else {
            throw TransportError(.other, detail: "out of memory")
        }
        pointer = longer
    }

    /// The field with the content codings that libcurl decodes; `nil` if it decodes none.
    private static let acceptEncoding: String? = {
        let codings = String(cString: okta_curl_content_codings())
        return codings.isEmpty ? nil : "Accept-Encoding: " + codings
    }()

    /// The fields that describe the connection or the framing, which libcurl writes itself.
    private static let ownedByLibrary: Set<HTTPField.Name> = [
        .contentLength, .transferEncoding, .connection, .acceptEncoding, .expect, .upgrade,
    ]
}
