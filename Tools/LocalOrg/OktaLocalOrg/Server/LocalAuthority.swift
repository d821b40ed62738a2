#if LocalOrg
internal import Crypto
import Foundation
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// A certificate authority for one org, and the server's certificate. Both are created at start, so no private key is
/// stored in a file.
struct LocalAuthority: Sendable {
    /// The file with the authority's certificate, which clients have to trust.
    let path: String
    private let server: Certificate
    private let serverKey: P256.Signing.PrivateKey

    /// The validity of the certificates, in days.
    private static let lifetime = 397.0

    /// Creates the certificates and writes the authority's to the temporary folder.
    ///
    /// - Throws: The system's error if the file cannot be written.
    init() throws {
        let begins = Date(timeIntervalSinceNow: -3600)
        let ends = Date(timeIntervalSinceNow: Self.lifetime * 86_400)
        let authorityKey = P256.Signing.PrivateKey()
        let authorityName = try DistinguishedName {
            OrganizationName("okta-local-org")
            CommonName("Local org authority")
        }
        // Python 3.13 and later reject certificates without key identifiers.
        let authorityKeyID = SubjectKeyIdentifier(hash: Certificate.PublicKey(authorityKey.publicKey))
        let authority = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(authorityKey.publicKey), notValidBefore: begins, notValidAfter: ends,
            issuer: authorityName, subject: authorityName,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                authorityKeyID
            },
            issuerPrivateKey: Certificate.PrivateKey(authorityKey))
        serverKey = P256.Signing.PrivateKey()
        let serverKeyID = SubjectKeyIdentifier(hash: Certificate.PublicKey(serverKey.publicKey))
        server = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(serverKey.publicKey), notValidBefore: begins, notValidAfter: ends,
            issuer: authorityName,
            subject: try DistinguishedName { CommonName("localhost") },
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                serverKeyID
                AuthorityKeyIdentifier(keyIdentifier: authorityKeyID.keyIdentifier)
                SubjectAlternativeNames([
                    .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                    .ipAddress(ASN1OctetString(contentBytes: [UInt8](repeating: 0, count: 15) + [1])),
                ])
            },
            issuerPrivateKey: Certificate.PrivateKey(authorityKey))
        let file = FileManager.default.temporaryDirectory.appending(path: "okta-local-org-\(UUID().uuidString).pem")
        try Data(authority.serializeAsPEM().pemString.utf8).write(to: file)
        path = file.path(percentEncoded: false)
    }

    /// Returns the server's TLS configuration.
    func configuration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [
                .certificate(
                    try NIOSSLCertificate(bytes: Array(server.serializeAsPEM().pemString.utf8), format: .pem))
            ],
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(serverKey.pemRepresentation.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    /// Removes the authority's file.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
#endif
