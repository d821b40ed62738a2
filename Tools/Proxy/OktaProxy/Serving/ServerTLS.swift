#if Proxy
package import OktaCommand
internal import NIOSSL

/// The certificate and the key of a proxy for clients that require https.
package struct ServerTLS: Sendable {
    let context: NIOSSLContext

    /// Reads PEM files.
    ///
    /// - Parameters:
    ///   - certificatePath: The certificate, followed by those of its issuers.
    ///   - keyPath: The private key.
    package init(certificatePath: String, keyPath: String) throws(CommandFailure) {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificatePath).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .usage(
                "the certificate \(certificatePath) and the key \(keyPath) cannot be used: \(error)",
                advice: "--tls-certificate and --tls-key take PEM files that belong together.")
        }
    }
}
#endif
