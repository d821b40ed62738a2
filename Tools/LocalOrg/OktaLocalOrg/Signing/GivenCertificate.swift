import OktaRuntime

#if LocalOrg
internal import Crypto
internal import CryptoExtras
import Foundation
internal import SwiftASN1
internal import X509

/// A certificate from a client, as PEM, as DER, or as DER in base64.
struct GivenCertificate: Sendable {
    /// The public key; nil if it is not RSA.
    let numbers: PublicNumbers?
    let document: IssuedDocument
    let ends: OrgTime?

    /// Parses a certificate; nil if the bytes contain none.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        var der = bytes
        if text.contains("-----BEGIN") {
            guard let pem = try? PEMDocument(pemString: text) else { return nil }
            der = pem.derBytes
        } else if let decoded = Base64.decode(text) {
            der = decoded
        }
        guard let certificate = try? Certificate(derEncoded: der) else { return nil }
        numbers = _RSA.Signing.PublicKey(certificate.publicKey).flatMap { PublicNumbers($0) }
        document = IssuedDocument(der: der)
        ends = OrgTime(seconds: Int(certificate.notValidAfter.timeIntervalSince1970))
    }
}
#else
/// Without the trait `LocalOrg` a certificate is stored without parsing, so its key is unknown.
struct GivenCertificate: Sendable {
    let numbers: PublicNumbers?
    let document: IssuedDocument
    let ends: OrgTime?

    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return nil }
        numbers = nil
        var random = IDSource(seed: UInt64(bytes.count))
        document = IssuedDocument(text: String(decoding: bytes, as: UTF8.self), thumbprint: random.key(43))
        ends = nil
    }
}
#endif
