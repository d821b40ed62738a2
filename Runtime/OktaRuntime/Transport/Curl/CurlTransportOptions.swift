extension CurlTransport {
    /// What all transfers of an instance have in common; checked when the transport is made.
    public struct Options: Sendable, Hashable {
        /// Path of a PEM file with the certificate authorities to trust instead of the system's; `nil` for those.
        public var caBundlePath: String?

        /// The certificate to show to a server or proxy that asks for one; `nil` for none.
        public var clientCertificate: ClientCertificate?

        /// URL of the proxy, such as `http://proxy.example:3128`; `nil` for what the environment says (`https_proxy`,
        /// `no_proxy`), empty for none. Schemes: `http`, `https`, `socks4`, `socks4a`, `socks5` and `socks5h`, `http`
        /// when there is none. May hold a user name and a password, which are never printed. Never used for loopback
        /// hosts.
        public var proxy: String?

        /// The most connections to one host, 1 to 1024; further requests wait for a free one. HTTP/2 shares one. Each
        /// streamed response under way may have one more, since its reader decides how long it lasts.
        public var maximumConnectionsPerHost: Int

        /// How many bytes a streamed body may run ahead of its reader, or of the network, 16 KiB to 64 MiB; the sender
        /// is held back beyond it.
        public var streamBufferBytes: Int

        /// Creates a set of options.
        ///
        /// - Parameters:
        ///   - caBundlePath: Path of a PEM file, or `nil` for the system's authorities.
        ///   - clientCertificate: The certificate to show when asked for one.
        ///   - proxy: URL of the proxy, `nil` for the environment's, empty for none.
        ///   - maximumConnectionsPerHost: The most connections to one host, 1 to 1024.
        ///   - streamBufferBytes: How many bytes a streamed body may run ahead, 16 KiB to 64 MiB.
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

        /// A wrong path is told now, by its name, instead of with the first request as a failed handshake.
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
        /// Path of the PEM file with the certificate, followed by those of its issuers.
        public var certificatePath: String

        /// Path of the PEM file with the private key; may be the same file.
        public var privateKeyPath: String

        /// The password of an encrypted key; `nil` for a key that is not. Never printed.
        public var privateKeyPassword: String?

        /// Names the files of a certificate and its key.
        ///
        /// - Parameters:
        ///   - certificatePath: Path of the PEM file with the certificate.
        ///   - privateKeyPath: Path of the PEM file with the private key.
        ///   - privateKeyPassword: The password of an encrypted key.
        public init(certificatePath: String, privateKeyPath: String, privateKeyPassword: String? = nil) {
            self.certificatePath = certificatePath
            self.privateKeyPath = privateKeyPath
            self.privateKeyPassword = privateKeyPassword
        }
    }
}

extension CurlTransport.Options: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The options without the proxy, whose URL may hold a password.
    public var description: String {
        let proxyText = proxy.map { $0.isEmpty ? "none" : "set" } ?? "from the environment"
        let certificate = clientCertificate.map(\.description) ?? "none"
        return "caBundlePath: \(caBundlePath ?? "the system's"), clientCertificate: \(certificate), "
            + "proxy: \(proxyText), maximumConnectionsPerHost: \(maximumConnectionsPerHost), streamBufferBytes: \(streamBufferBytes)"
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
