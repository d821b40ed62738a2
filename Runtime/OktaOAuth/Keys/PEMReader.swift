#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import Crypto
internal import CryptoExtras
internal import OktaRuntime
internal import SwiftASN1

/// Reads a private key from PEM: PKCS#8, PKCS#1 and SEC 1.
enum PEMReader {
    static func read(_ text: String) throws(OktaError) -> SigningKey {
        let blocks = PEMBlock.all(in: text)
        guard !blocks.isEmpty else { throw .key(messageWithoutPEM(text)) }
        // Certificates and EC PARAMETERS blocks, which OpenSSL writes before an EC key, are not keys.
        let keys = blocks.filter { $0.label.hasSuffix("PRIVATE KEY") }
        guard let block = keys.first else { throw .key(sentence(forLabels: blocks.map(\.label))) }
        guard keys.count == 1 else {
            throw .key("the text contains \(keys.count) private keys; pass only the one to sign with")
        }
        guard !block.isEncrypted, block.label != "ENCRYPTED PRIVATE KEY" else {
            throw .key("the private key is encrypted; decrypt it first: openssl pkey -in key.pem -out decrypted.pem")
        }
        guard let der = block.content else {
            throw .key("the private key's PEM text is damaged; copy the file again, all lines of it")
        }
        switch block.label {
        case "RSA PRIVATE KEY": return try rsa(der)
        case "EC PRIVATE KEY": return try curve(der)
        case "PRIVATE KEY": return try pkcs8(der)
        default:
            throw .key("a key of the form BEGIN \(block.label.prefix(40)) cannot sign; use an RSA key or one on P-256")
        }
    }

    private static func pkcs8(_ der: [UInt8]) throws(OktaError) -> SigningKey {
        guard let info = try? PKCS8Info(parsing: der) else { throw .key(damaged) }
        switch info.algorithm {
        case PKCS8Info.rsa: return try rsa(der)
        case PKCS8Info.curve: return try curve(der)
        default:
            throw .key("this kind of key, \(info.algorithmName), cannot sign for Okta; use an RSA key or one on P-256")
        }
    }

    private static func rsa(_ der: [UInt8]) throws(OktaError) -> SigningKey {
        if let key = try? _RSA.Signing.PrivateKey(derRepresentation: der) { return .rsa(key) }
        if (try? _RSA.Signing.PrivateKey(unsafeDERRepresentation: der)) != nil { throw .key(tooShort) }
        throw .key(damaged)
    }

    /// Reads an EC key. Its DER states the curve, and each type accepts only its own.
    private static func curve(_ der: [UInt8]) throws(OktaError) -> SigningKey {
        if let key = try? P256.Signing.PrivateKey(derRepresentation: der) { return .p256(key) }
        if let key = try? P384.Signing.PrivateKey(derRepresentation: der) { return .p384(key) }
        if let key = try? P521.Signing.PrivateKey(derRepresentation: der) { return .p521(key) }
        throw .key("the private key is damaged, or on a curve other than P-256, P-384 and P-521")
    }

    static let tooShort = "the RSA key is shorter than 2048 bits, which is not safe; create a longer one"
    private static let damaged = "the private key is damaged: its content is not what its PEM label says"

    private static func sentence(forLabels labels: [String]) -> String {
        if labels.contains(where: { $0.hasSuffix("PUBLIC KEY") }) {
            return "this is a public key; use the private key"
        }
        if labels.contains("CERTIFICATE") { return "this is a certificate; use its private key" }
        return "the PEM text contains no private key"
    }

    private static func messageWithoutPEM(_ text: String) -> String {
        if text.allSatisfy(\.isWhitespace) { return "the private key is empty" }
        if text.contains("-----BEGIN ") {
            return "the private key's PEM text has no matching -----END line; copy the file again, all lines of it"
        }
        if text.utf8.count < 1024, text.hasSuffix(".pem") || text.hasSuffix(".json") || text.hasSuffix(".key") {
            return "this is the path of a key file; pass the content of the file"
        }
        return "the private key is neither PEM, which begins with -----BEGIN, nor a JSON Web Key, which begins with {"
    }
}

/// A labelled block of a PEM text.
///
/// The parser is more lenient than RFC 7468, because environment variables, YAML and secret stores fold or indent
/// lines, and turn line breaks into spaces or a literal `\n`.
struct PEMBlock {
    /// The label, such as `RSA PRIVATE KEY`.
    let label: String

    /// The content between the markers; `nil` if it is not base64.
    let content: [UInt8]?

    /// Whether the block has the header of PEM encryption.
    let isEncrypted: Bool

    /// Returns the blocks of a text in order. Other text and blocks without an end are ignored.
    static func all(in text: String) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var rest = text.replacing("\\r", with: "").replacing("\\n", with: "\n")[...]
        while let begin = rest.firstRange(of: "-----BEGIN "),
            let beginEnd = rest[begin.upperBound...].firstRange(of: "-----")
        {
            let label = String(rest[begin.upperBound..<beginEnd.lowerBound])
            guard let end = rest[beginEnd.upperBound...].firstRange(of: "-----END \(label)-----") else { break }
            blocks.append(PEMBlock(label: label, body: rest[beginEnd.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return blocks
    }

    private init(label: String, body: Substring) {
        self.label = label
        isEncrypted = body.contains("Proc-Type:")
        let base64 = body.filter { !$0.isWhitespace }
        content = base64.isEmpty ? nil : Data(base64Encoded: String(base64)).map { Array($0) }
    }
}

/// The algorithm of a PKCS#8 private key (RFC 5208, PrivateKeyInfo).
struct PKCS8Info {
    let algorithm: ASN1ObjectIdentifier

    private struct Incomplete: Error {}

    static var rsa: ASN1ObjectIdentifier { [1, 2, 840, 113549, 1, 1, 1] }
    static var curve: ASN1ObjectIdentifier { [1, 2, 840, 10045, 2, 1] }

    init(parsing der: [UInt8]) throws {
        algorithm = try DER.sequence(try DER.parse(der), identifier: .sequence) { fields in
            _ = try Int(derEncoded: &fields)
            guard let identifier = fields.next() else { throw Incomplete() }
            let algorithm = try DER.sequence(identifier, identifier: .sequence) { identifier in
                let algorithm = try ASN1ObjectIdentifier(derEncoded: &identifier)
                while identifier.next() != nil {}
                return algorithm
            }
            _ = try ASN1OctetString(derEncoded: &fields)
            while fields.next() != nil {}
            return algorithm
        }
    }

    /// The common name of the algorithm, if it has one.
    var algorithmName: String {
        switch algorithm {
        case [1, 2, 840, 113549, 1, 1, 10]: "RSASSA-PSS"
        case [1, 3, 101, 112]: "Ed25519"
        case [1, 3, 101, 113]: "Ed448"
        case [1, 3, 101, 110]: "X25519"
        default: "\(algorithm)"
        }
    }
}
