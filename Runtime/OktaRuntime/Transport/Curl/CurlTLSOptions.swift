internal import CCurlShim

/// libcurl's options for trust anchors and client certificates, which exist twice.
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

    /// Writes the configured files into a handle.
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
