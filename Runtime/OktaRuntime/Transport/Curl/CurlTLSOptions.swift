internal import CCurlShim

/// libcurl's names of what is trusted at the other end, and shown to it: it has all of them twice.
struct CurlTLSOptions {
    private let caBundle, caFolder, certificateType, certificate, keyType, key, keyPassword: CURLoption

    /// Those for the way to a server.
    static var server: CurlTLSOptions {
        CurlTLSOptions(
            caBundle: CURLOPT_CAINFO, caFolder: CURLOPT_CAPATH, certificateType: CURLOPT_SSLCERTTYPE,
            certificate: CURLOPT_SSLCERT, keyType: CURLOPT_SSLKEYTYPE, key: CURLOPT_SSLKEY,
            keyPassword: CURLOPT_KEYPASSWD)
    }

    /// Those for the way to a proxy, where that is encrypted too.
    static var proxy: CurlTLSOptions {
        CurlTLSOptions(
            caBundle: CURLOPT_PROXY_CAINFO, caFolder: CURLOPT_PROXY_CAPATH, certificateType: CURLOPT_PROXY_SSLCERTTYPE,
            certificate: CURLOPT_PROXY_SSLCERT, keyType: CURLOPT_PROXY_SSLKEYTYPE, key: CURLOPT_PROXY_SSLKEY,
            keyPassword: CURLOPT_PROXY_KEYPASSWD)
    }

    /// Writes the files that the options name into a handle.
    func apply(_ options: CurlTransport.Options, to handle: CurlHandle) throws(TransportError) {
        if let bundle = options.caBundlePath {
            try handle.set(caBundle, bundle)
            // The system's folder of certificates would count as well. A libcurl that knows no folder refuses this.
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
