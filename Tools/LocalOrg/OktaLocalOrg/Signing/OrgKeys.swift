import OktaRuntime

/// The public half of a key.
struct PublicNumbers: Sendable {
    /// In base64url.
    let modulus: String
    let exponent: String
}

/// A certificate, or a request for one.
struct IssuedDocument: Sendable {
    /// The DER form in base64.
    let text: String
    /// SHA-256 over the DER form, in base64url.
    let thumbprint: String
}

/// What a certificate says beside its key.
struct CertificateContent: Sendable, Hashable {
    /// The common name of subject and issuer: the org's, as in the certificates that Okta makes.
    let name: String
    /// What the serial number is made of.
    let serial: String
    let begins: OrgTime
    let ends: OrgTime
}

#if LocalOrg
internal import Crypto
internal import CryptoExtras
internal import Synchronization

/// RSA keys that orgs sign with.
///
/// A key takes a while to make, so that keys are made when they are first used, and kept for all orgs of the process. Two
/// orgs have the same numbers under different ids, which no client can tell.
enum OrgKeys {
    /// Whether keys are real: only with the trait `LocalOrg`.
    static let areReal = true

    /// How many keys there are. An org with more key ids uses them again.
    private static let count = 16
    private static let made = Mutex<[Int: _RSA.Signing.PrivateKey]>([:])

    /// The key with a number.
    static func key(_ number: Int) throws(OrgFault) -> _RSA.Signing.PrivateKey {
        let number = number % count
        // Made under the lock: a second caller waits for the key rather than making another one.
        let key = made.withLock { keys -> _RSA.Signing.PrivateKey? in
            if let key = keys[number] { return key }
            guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { return nil }
            keys[number] = key
            return key
        }
        guard let key else { throw .internalError }
        return key
    }

    /// The public half.
    static func numbers(_ number: Int) throws(OrgFault) -> PublicNumbers {
        guard let numbers = PublicNumbers(try key(number).publicKey) else { throw .internalError }
        return numbers
    }

    /// The signature of a message with RS256; with SHA-1 for apps that know nothing else.
    static func sign(_ message: [UInt8], with number: Int, sha1: Bool = false) throws(OrgFault) -> [UInt8] {
        let key = try key(number)
        let signature =
            sha1
            ? try? key.signature(for: Insecure.SHA1.hash(data: message), padding: .insecurePKCS1v1_5)
            : try? key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
        guard let signature else { throw .internalError }
        return Array(signature.rawRepresentation)
    }

    /// The digest of a message.
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
/// Numbers in place of keys: without the trait `LocalOrg` there is nothing to make keys with. They have the right form, and
/// nothing can be signed with them.
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
