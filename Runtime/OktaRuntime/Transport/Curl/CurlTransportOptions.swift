extension CurlTransport {
    /// The options of all transfers of an instance. They are validated when the transport is created.
    public struct Options: Sendable, Hashable {
        /// The path of a PEM file with the certificate authorities to trust; `nil` for the system's.
        public var caBundlePath: String?

        /// The client certificate to present to a server or proxy that requests one; `nil` for none.
        public var clientCertificate: ClientCertificate?

        /// The proxy's URL, such as `http://proxy.example:3128`; `nil` to use the environment (`https_proxy`,
        /// `no_proxy`), empty for no proxy. The scheme may be `http` (the default), `https`, `socks4`, `socks4a`,
        /// `socks5` or `socks5h`. The URL may contain a user name and a password, which are never printed. The proxy is
        /// not used for loopback hosts.
        public var proxy: String?

        /// The maximum number of connections to one host, 1 to 1024. Further requests wait for a free one. HTTP/2
        /// shares one connection. Each streamed response in progress may have an additional connection, because its
        /// duration depends on its reader.
        public var maximumConnectionsPerHost: Int

        /// The buffer size of a streamed body, in bytes, 16 KiB to 64 MiB. Backpressure applies beyond it.
        public var streamBufferBytes: Int

        /// Whether `Accept-Encoding` is added and bodies are decompressed. Otherwise, bodies and header fields are
        /// passed unchanged. Defaults to true.
        public var decodesBodies = true

        /// Creates a set of options.
        ///
        /// - Parameters:
        ///   - caBundlePath: The path of a PEM file, or `nil` for the system's authorities.
        ///   - clientCertificate: The client certificate to present on request.
        ///   - proxy: The proxy's URL, `nil` for the environment's, empty for none.
        ///   - maximumConnectionsPerHost: The maximum number of connections to one host, 1 to 1024.
        ///   - streamBufferBytes: The buffer size of a streamed body, 16 KiB to 64 MiB.
        public init(
            caBundlePath: String? = nil,
            clientCertificate: ClientCertificate? = nil,
            proxy: String? = nil,
            maximumConnectionsPerHost: Int = 8,
            streamBufferBytes: Int = 256 << 10
        ) {
            self.caBundlePath = caBundlePath
            self.clientCertificate = clientCertificate
            self.proxy = proxy
            self.maximumConnectionsPerHost = maximumConnectionsPerHost
            self.streamBufferBytes = streamBufferBytes
        }

        func check() throws(TransportError) {
            guard (1...1024).contains(maximumConnectionsPerHost) else {
                throw Self.fault("maximumConnectionsPerHost is \(maximumConnectionsPerHost), not 1 to 1024")
            }
            guard (16 << 10...64 << 20).contains(streamBufferBytes) else {
                throw Self.fault("streamBufferBytes is \(streamBufferBytes), not 16 KiB to 64 MiB")
            }
            try Self.checkFile(caBundlePath, "caBundlePath")
            try Self.checkFile(clientCertificate?.certificatePath, "the client certificate")
            try Self.checkFile(clientCertificate?.privateKeyPath, "the client certificate's private key")
            try checkProxy()
        }

        private static func fault(_ detail: String) -> TransportError {
            TransportError(.invalidOptions, detail: detail)
        }

        /// Throws for an invalid path. Without this check, it would surface as a failed handshake of the first request.
        private static func checkFile(_ path: String?, _ name: String) throws(TransportError) {
            guard let path else { return }
            do { _ = try FileReader(path: path) } catch { throw fault("\(name): \(error.detail)") }
        }

        private func checkProxy() throws(TransportError) {
            guard let proxy, !proxy.isEmpty else { return }
            if let fault = ProxyURL.fault(of: proxy) { throw Self.fault(fault) }
        }
    }

    /// A client certificate in PEM form, with its private key.
    public struct ClientCertificate: Sendable, Hashable {
        /// The path of the PEM file with the certificate, followed by those of its issuers.
        public var certificatePath: String

        /// The path of the PEM file with the private key, which may be the same file.
        public var privateKeyPath: String

        /// The password of an encrypted key; `nil` for a key without encryption. Never printed.
        public var privateKeyPassword: String?

        /// Creates a client certificate from files.
        ///
        /// - Parameters:
        ///   - certificatePath: The path of the PEM file with the certificate.
        ///   - privateKeyPath: The path of the PEM file with the private key.
        ///   - privateKeyPassword: The password of an encrypted key.
        public init(certificatePath: String, privateKeyPath: String, privateKeyPassword: String? = nil) {
            self.certificatePath = certificatePath
            self.privateKeyPath = privateKeyPath
            self.privateKeyPassword = privateKeyPassword
        }
    }
}

extension CurlTransport.Options: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The options without the proxy, whose URL may contain a password.
    public var description: String {
        let proxyText = proxy.map { $0.isEmpty ? "none" : "set" } ?? "from the environment"
        let certificate = clientCertificate.map(\.description) ?? "none"
        return "caBundlePath: \(caBundlePath ?? "the system's"), clientCertificate: \(certificate), "
            + "proxy: \(proxyText), maximumConnectionsPerHost: \(maximumConnectionsPerHost), streamBufferBytes: \(streamBufferBytes), "
            + "decodesBodies: \(decodesBodies)"
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the proxy.
    public var customMirror: Mirror { Mirror(self, children: ["options": description]) }
}

extension CurlTransport.ClientCertificate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The path of the certificate.
    public var description: String { certificatePath }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the password.
    public var customMirror: Mirror { Mirror(self, children: ["certificatePath": certificatePath]) }
}
