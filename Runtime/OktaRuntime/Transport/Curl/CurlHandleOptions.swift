internal import CCurlShim
internal import HTTPTypes

/// The options of a handle that many requests have in common. They are set once and kept while requests need the same.
///
/// This is a class because every request checks whether the options still apply, and a struct of strings would be
/// copied for the check.
final class CurlHandleOptions {
    enum Body { case none, bytes, streamed }

    private let scheme: String
    private let authority: String
    private let method: HTTPRequest.Method
    /// Whether requests with the method state the length of a body even if there is none.
    private let statesLength: Bool
    private let body: Body
    private let isDownload: Bool
    private let connectTimeout: Duration
    private let idleTimeout: Duration?
    private let maximumResponseBytes: Int
    /// Whether libcurl may resend a request automatically, because it is safe and carries no single-use proof.
    let mayBeRepeated: Bool

    init(_ call: CurlCall) {
        let request = call.request
        scheme = request.head.scheme ?? "https"
        authority = request.head.authority ?? ""
        method = request.head.method
        // Okta responds with 411 to a POST or PUT without a length, so an explicit zero is sent.
        statesLength = method == .post || method == .put || method == .patch
        body = Self.body(of: call, statesLength: statesLength)
        isDownload = call.download != nil
        connectTimeout = request.timeouts.connect
        idleTimeout = request.timeouts.idle
        maximumResponseBytes = request.maximumResponseBytes
        mayBeRepeated = Self.mayBeRepeated(request.head)
    }

    /// Returns whether another call needs the same options.
    ///
    /// - Parameter hasSameFields: Whether the call has the same header fields as the one before.
    func stands(for call: CurlCall, hasSameFields: Bool) -> Bool {
        let timeouts = call.request.timeouts
        // Access to a property of the head is slow, so properties that follow from others are not compared.
        let head = call.request.head
        return method == head.method
            && body == Self.body(of: call, statesLength: statesLength)
            && isDownload == (call.download != nil)
            && maximumResponseBytes == call.request.maximumResponseBytes
            && connectTimeout == timeouts.connect
            && idleTimeout == timeouts.idle
            && scheme == (head.scheme ?? "https")
            && authority == (head.authority ?? "")
            && (hasSameFields || mayBeRepeated == Self.mayBeRepeated(head))
    }

    private static func mayBeRepeated(_ head: HTTPRequest) -> Bool {
        (head.method == .get || head.method == .head)
            && !head.headerFields.contains { $0.name.canonicalName == "dpop" }
    }

    private var isPlainHTTP: Bool { scheme == "http" }
    private var isLoopback: Bool { Loopback.contains(authority: authority) }

    /// Whether the request has a body, even an empty one.
    var hasBody: Bool { body != .none }

    /// Whether the handle has a copy of the body.
    var hasBytes: Bool { body == .bytes }

    private static func body(of call: CurlCall, statesLength: Bool) -> Body {
        if call.upload != nil { return .streamed }
        if statesLength { return .bytes }
        return call.request.body?.isEmpty ?? true ? .none : .bytes
    }

    /// Sets the options of a reset handle. Throws unless the URL has the scheme `https` or a loopback host.
    func apply(to handle: CurlHandle, options: CurlTransport.Options) throws(TransportError) {
        guard scheme == "https" || (isPlainHTTP && isLoopback) else {
            throw TransportError(.invalidRequest, detail: "only https is allowed, and http to a loopback host")
        }
        guard !authority.isEmpty else { throw TransportError(.invalidRequest, detail: "no host") }
        try applyRules(to: handle)
        // An empty value means every coding that this libcurl can decode. ``CurlHeaderList`` adds the header field.
        if options.decodesBodies { try handle.set(CURLOPT_ACCEPT_ENCODING, "") }
        try applyTrust(to: handle, options: options)
        try applyProxy(to: handle, options: options)
        try applyMethod(to: handle)
        try applyTimeouts(to: handle)
    }

    private func applyRules(to handle: CurlHandle) throws(TransportError) {
        try handle.check(okta_curl_set_schemes(handle.pointer, isPlainHTTP))
        try handle.check(okta_curl_set_abandon_lookups(handle.pointer))
        try handle.check(okta_curl_set_private_sockets(handle.pointer))
        // Without this option, libcurl would use SIGALRM for name lookups, which is unsafe outside the main thread.
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        // The path is sent as encoded. libcurl would otherwise resolve "." and ".." in it.
        try handle.set(CURLOPT_PATH_AS_IS, 1)
        try handle.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try handle.set(CURLOPT_TCP_KEEPALIVE, 1)
        // A slow reader blocks its download's sender. On a shared connection this would block every other transfer too,
        // and libcurl would keep buffering, so a download gets a separate connection.
        try handle.set(
            CURLOPT_HTTP_VERSION, Int(isDownload ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS))
        // In a burst, calls wait for the first TLS handshake to learn whether they can share the connection, instead of
        // opening one each. Without TLS, this is not known before the first response.
        try handle.set(CURLOPT_PIPEWAIT, isPlainHTTP || isDownload ? 0 : 1)
        try handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: max(maximumResponseBytes, 1))
    }

    private func applyTrust(to handle: CurlHandle, options: CurlTransport.Options) throws(TransportError) {
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try CurlTLSOptions.server.apply(options, to: handle)
    }

    private func applyProxy(to handle: CurlHandle, options: CurlTransport.Options) throws(TransportError) {
        guard !isLoopback else { return try handle.set(CURLOPT_PROXY, "") }
        if let proxy = options.proxy { try handle.set(CURLOPT_PROXY, proxy) }
        try CurlTLSOptions.proxy.apply(options, to: handle)
    }

    private func applyMethod(to handle: CurlHandle) throws(TransportError) {
        switch body {
        case .streamed:
            try handle.set(CURLOPT_UPLOAD, 1)
            if method != .put { try handle.set(CURLOPT_CUSTOMREQUEST, method.rawValue) }
        case .bytes:
            try handle.set(CURLOPT_POST, 1)
            if method != .post { try handle.set(CURLOPT_CUSTOMREQUEST, method.rawValue) }
        case .none where method == .head:
            try handle.set(CURLOPT_NOBODY, 1)
        case .none:
            try handle.set(CURLOPT_HTTPGET, 1)
            if method != .get { try handle.set(CURLOPT_CUSTOMREQUEST, method.rawValue) }
        }
    }

    private func applyTimeouts(to handle: CurlHandle) throws(TransportError) {
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connectTimeout))
        if let idleTimeout {
            let seconds = max((milliseconds(idleTimeout) + 999) / 1000, 1)
            try handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
            try handle.set(CURLOPT_LOW_SPEED_TIME, seconds)
            // A connection may be idle between calls as long as during a response, and at least libcurl's 118 s.
            try handle.set(CURLOPT_MAXAGE_CONN, max(seconds, 118))
        }
    }

    /// Converts a duration to milliseconds. The result is at least 1, because 0 means no limit to libcurl, and small
    /// enough for its 32-bit arithmetic.
    private func milliseconds(_ duration: Duration) -> Int {
        min(max(duration.wholeMilliseconds, 1), Int(Int32.max) - 1000)
    }

    /// The URL's scheme, host and port.
    var origin: String { scheme + "://" + authority }

    /// Sets the body. Only the body, the URL and the header fields differ between requests.
    func writeBody(_ request: TransportRequest, to handle: CurlHandle) throws(TransportError) {
        switch body {
        case .none: break
        case .bytes: try handle.setBody(request.body ?? [])
        case .streamed: try handle.set(CURLOPT_INFILESIZE_LARGE, offset: request.streamedBody?.length ?? -1)
        }
    }
}

/// libcurl's options for trust anchors and client certificates, which exist for servers and for proxies.
struct CurlTLSOptions {
    private let caBundle, caFolder, certificateType, certificate, keyType, key, keyPassword: CURLoption

    /// The options for the connection to a server.
    static var server: CurlTLSOptions {
        CurlTLSOptions(
            caBundle: CURLOPT_CAINFO, caFolder: CURLOPT_CAPATH, certificateType: CURLOPT_SSLCERTTYPE,
            certificate: CURLOPT_SSLCERT, keyType: CURLOPT_SSLKEYTYPE, key: CURLOPT_SSLKEY,
            keyPassword: CURLOPT_KEYPASSWD)
    }

    /// The options for an encrypted connection to a proxy.
    static var proxy: CurlTLSOptions {
        CurlTLSOptions(
            caBundle: CURLOPT_PROXY_CAINFO, caFolder: CURLOPT_PROXY_CAPATH, certificateType: CURLOPT_PROXY_SSLCERTTYPE,
            certificate: CURLOPT_PROXY_SSLCERT, keyType: CURLOPT_PROXY_SSLKEYTYPE, key: CURLOPT_PROXY_SSLKEY,
            keyPassword: CURLOPT_PROXY_KEYPASSWD)
    }

    /// Sets the configured files in a handle.
    func apply(_ options: CurlTransport.Options, to handle: CurlHandle) throws(TransportError) {
        if let bundle = options.caBundlePath {
            try handle.set(caBundle, bundle)
            // The system's certificate folder would also be trusted. A libcurl without one rejects this option.
            _ = okta_curl_set_string(handle.pointer, caFolder, nil)
        }
        if let shown = options.clientCertificate {
            try handle.set(certificateType, "PEM")
            try handle.set(certificate, shown.certificatePath)
            try handle.set(keyType, "PEM")
            try handle.set(key, shown.privateKeyPath)
            if let password = shown.privateKeyPassword { try handle.set(keyPassword, password) }
        }
    }
}
