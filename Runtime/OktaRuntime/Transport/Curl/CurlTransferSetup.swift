internal import CCurlShim
internal import HTTPTypes

/// Writes a request into an easy handle.
struct CurlTransferSetup {
    let request: TransportRequest
    let options: CurlTransport.Options

    func apply(to handle: CurlHandle) throws(TransportError) {
        let authority = request.head.authority ?? ""
        let scheme = request.head.scheme ?? "https"
        let isLoopback = Loopback.contains(authority: authority)
        guard scheme == "https" || (scheme == "http" && isLoopback) else {
            throw TransportError(.invalidRequest, detail: "only https is sent, and http to a loopback host")
        }
        guard !authority.isEmpty, let path = request.head.path, path.hasPrefix("/") else {
            throw TransportError(.invalidRequest, detail: "no host, or a path that does not begin with /")
        }
        try handle.set(CURLOPT_URL, "\(scheme)://\(authority)\(path)")
        try applyFixedOptions(to: handle, isPlainHTTP: scheme == "http")
        try applyMethod(to: handle)
        try applyTimeouts(to: handle)
        if let bundle = options.caBundlePath { try handle.set(CURLOPT_CAINFO, bundle) }
        if isLoopback {
            try handle.set(CURLOPT_PROXY, "")
        } else if let proxy = options.proxy {
            try handle.set(CURLOPT_PROXY, proxy)
        }
    }

    /// The request's header fields in libcurl's form; the caller owns the list.
    func headerList() throws(TransportError) -> UnsafeMutablePointer<curl_slist>? {
        // Without a body of the caller's, libcurl must neither name a form as the type nor wait for "100 Continue".
        var lines = ["Expect:"]
        if !request.head.headerFields.contains(.contentType) { lines.append("Content-Type:") }
        for field in request.head.headerFields where !Self.ownedByLibrary.contains(field.name) {
            // "Name:" would remove a header; "Name;" is how libcurl spells an empty one.
            lines.append(field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)")
        }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw TransportError(.other, detail: "out of memory")
            }
            list = longer
        }
        return list
    }

    /// Fields that describe the connection or the framing: libcurl writes them itself.
    private static let ownedByLibrary: Set<HTTPField.Name> = [
        .contentLength, .transferEncoding, .connection, .acceptEncoding, .expect, .upgrade,
    ]

    private func applyFixedOptions(to handle: CurlHandle, isPlainHTTP: Bool) throws(TransportError) {
        try handle.check(okta_curl_set_schemes(handle.pointer, isPlainHTTP))
        try handle.check(okta_curl_set_abandon_lookups(handle.pointer))
        // No signals: libcurl would use SIGALRM for name look-ups, which is not safe off the main thread.
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        // The path is sent as encoded; libcurl would otherwise resolve "." and ".." in it.
        try handle.set(CURLOPT_PATH_AS_IS, 1)
        try handle.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // A burst waits for the first TLS handshake to learn whether one connection can serve all, instead of opening
        // one each. Without TLS that would not be known before the first answer.
        try handle.set(CURLOPT_PIPEWAIT, isPlainHTTP ? 0 : 1)
        // Empty means every encoding that this libcurl can decode.
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")
        try handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: max(request.maximumResponseBytes, 1))
    }

    private func applyMethod(to handle: CurlHandle) throws(TransportError) {
        let method = request.head.method
        let takesBody = method == .post || method == .put || method == .patch
        if let body = request.body, !body.isEmpty || takesBody {
            try handle.set(CURLOPT_POST, 1)
            try handle.setBody(body)
        } else if takesBody {
            // An explicit length of zero: Okta answers 411 to a POST or PUT without one.
            try handle.set(CURLOPT_POST, 1)
            try handle.setBody([])
        } else if method == .head {
            try handle.set(CURLOPT_NOBODY, 1)
        } else {
            try handle.set(CURLOPT_HTTPGET, 1)
        }
        if method != .get && method != .head && method != .post || (method == .get && request.body?.isEmpty == false) {
            try handle.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
    }

    private func applyTimeouts(to handle: CurlHandle) throws(TransportError) {
        let timeouts = request.timeouts
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(timeouts.connect))
        if let idle = timeouts.idle {
            try handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
            try handle.set(CURLOPT_LOW_SPEED_TIME, max((milliseconds(idle) + 999) / 1000, 1))
        }
    }

    /// At least 1, since 0 means "no limit" to libcurl, and small enough for its 32-bit arithmetic.
    private func milliseconds(_ duration: Duration) -> Int {
        min(max(duration.wholeMilliseconds, 1), Int(Int32.max) - 1000)
    }
}
