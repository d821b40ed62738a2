internal import Crypto
internal import CryptoExtras
internal import OktaRuntime

/// Reads a private key from PEM: PKCS#8, PKCS#1 and SEC 1.
enum PEMReader {
    static func read(_ text: String) throws(OktaError) -> SigningKey {
        let blocks = PEMBlock.all(in: text)
        guard !blocks.isEmpty else { throw .key(sentenceForNoPEM(text)) }
        // The block EC PARAMETERS, which OpenSSL writes before a key on a curve, and certificates are not keys.
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

    /// The key states its curve; each type accepts only its own.
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

    private static func sentenceForNoPEM(_ text: String) -> String {
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
