import OktaRuntime

/// The public numbers of an RSA key.
struct PublicNumbers: Sendable {
    /// The modulus in base64url.
    let modulus: String
    let exponent: String
}

/// A certificate, or a certificate signing request.
struct IssuedDocument: Sendable {
    /// The DER form in base64.
    let text: String
    /// The SHA-256 hash of the DER form, in base64url.
    let thumbprint: String
}

/// The content of a certificate except its key.
struct CertificateContent: Sendable, Hashable {
    /// The common name of subject and issuer: the org's, as in Okta's certificates.
    let name: String
    /// The text that the serial number is derived from.
    let serial: String
    let begins: OrgTime
    let ends: OrgTime
}

#if LocalOrg
internal import Crypto
internal import CryptoExtras
internal import Synchronization

/// The RSA keys that orgs sign with.
///
/// Generating a key is slow, so keys are generated at first use and shared by all orgs of the process. Two orgs have
/// equal numbers under different ids, which a client cannot notice.
enum OrgKeys {
    /// Whether keys are real, which needs the trait `LocalOrg`.
    static let areReal = true

    /// The number of keys. An org with more key ids reuses them.
    private static let count = 16
    private static let made = Mutex<[Int: _RSA.Signing.PrivateKey]>([:])

    /// Returns the key with a number.
    static func key(_ number: Int) throws(OrgFault) -> _RSA.Signing.PrivateKey {
        let number = number % count
        // The key is generated under the lock, so a second caller waits instead of generating another.
        let key = made.withLock { keys -> _RSA.Signing.PrivateKey? in
            if let key = keys[number] { return key }
            guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { return nil }
            keys[number] = key
            return key
        }
        guard let key else { throw .internalError }
        return key
    }

    /// Returns the public numbers of a key.
    static func numbers(_ number: Int) throws(OrgFault) -> PublicNumbers {
        guard let numbers = PublicNumbers(try key(number).publicKey) else { throw .internalError }
        return numbers
    }

    /// Returns the RS256 signature of a message, or one with SHA-1 for apps that require it.
    static func sign(_ message: [UInt8], with number: Int, sha1: Bool = false) throws(OrgFault) -> [UInt8] {
        let key = try key(number)
        let signature =
            sha1
            ? try? key.signature(for: Insecure.SHA1.hash(data: message), padding: .insecurePKCS1v1_5)
            : try? key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
        guard let signature else { throw .internalError }
        return Array(signature.rawRepresentation)
    }

    /// Returns the digest of a message.
    static func digest(_ message: [UInt8], sha1: Bool) -> [UInt8] {
        sha1 ? Array(Insecure.SHA1.hash(data: message)) : Array(SHA256.hash(data: message))
    }
}

extension PublicNumbers {
    init?(_ key: _RSA.Signing.PublicKey) {
        guard let numbers = try? key.getKeyPrimitives() else { return nil }
        modulus = Base64URL.encode(numbers.modulus.drop { $0 == 0 })
        exponent = Base64URL.encode(numbers.publicExponent.drop { $0 == 0 })
    }
}
#else
/// Placeholder keys: without the trait `LocalOrg` there is no cryptography library. The numbers have the right form
/// but cannot sign.
enum OrgKeys {
    static let areReal = false

    static func numbers(_ number: Int) throws(OrgFault) -> PublicNumbers {
        var random = IDSource(seed: UInt64(number))
        return PublicNumbers(modulus: random.key(342), exponent: "AQAB")
    }
}

enum Certificates {
    static func selfSigned(_ number: Int, _ content: CertificateContent) throws(OrgFault) -> IssuedDocument {
        document(number, beginning: "MIID", length: 1268)
    }

    static func request(_ number: Int, subject: JSON, names: [String]) throws(OrgFault) -> IssuedDocument {
        document(number, beginning: "MIIC", length: 900)
    }

    private static func document(_ number: Int, beginning: String, length: Int) -> IssuedDocument {
        var random = IDSource(seed: UInt64(number))
        return IssuedDocument(text: beginning + random.text(length), thumbprint: random.key(43))
    }
}
#endif

/// The key of the process for a key id. Each org has its own key ids; the keys are generated once for all orgs.
extension OrgState {
    private static let kind = "keys"

    /// Returns a new key id.
    mutating func newKey(id: String? = nil) -> String {
        let kid = id ?? ids.key(43)
        if tables[Self.kind][kid] == nil { tables[Self.kind][kid] = ["number": JSON(tables[Self.kind].count)] }
        return kid
    }

    /// Assigns a further id to the key of another id.
    mutating func shareKey(of other: String, as kid: String) {
        tables[Self.kind][kid] = ["number": JSON(keyNumber(kid: other))]
    }

    /// Returns the number of the key with an id. The id of a seeded key also has a number, which is always the same.
    func keyNumber(kid: String) -> Int {
        if let number = tables[Self.kind][kid]?["number"]?.int { return number }
        var hash: UInt32 = 2_166_136_261
        for byte in kid.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash % 1024)
    }
}
