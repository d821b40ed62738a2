internal import Crypto
internal import CryptoExtras

/// A private key of one of the supported kinds. It is never printed.
enum SigningKey: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)

    /// Generates a key for an algorithm. RSA keys have 2048 bits.
    static func generate(for algorithm: SigningAlgorithm) throws -> SigningKey {
        switch algorithm {
        case .rs256, .rs384, .rs512: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        case .es256: .p256(P256.Signing.PrivateKey())
        case .es384: .p384(P384.Signing.PrivateKey())
        case .es512: .p521(P521.Signing.PrivateKey())
        }
    }

    /// The default algorithm.
    var usualAlgorithm: SigningAlgorithm {
        switch self {
        case .rsa: .rs256
        case .p256: .es256
        case .p384: .es384
        case .p521: .es512
        }
    }

    func takes(_ algorithm: SigningAlgorithm) -> Bool {
        switch (self, algorithm) {
        case (.rsa, .rs256), (.rsa, .rs384), (.rsa, .rs512), (.p256, .es256), (.p384, .es384), (.p521, .es512): true
        default: false
        }
    }

    /// Returns a signature in the format of RFC 7518: RSA signatures unchanged, ECDSA signatures as both numbers in
    /// full length.
    func signature(of message: [UInt8], with algorithm: SigningAlgorithm) throws -> [UInt8] {
        switch self {
        case .rsa(let key):
            switch algorithm {
            case .rs384: try Self.sign(SHA384.hash(data: message), with: key)
            case .rs512: try Self.sign(SHA512.hash(data: message), with: key)
            default: try Self.sign(SHA256.hash(data: message), with: key)
            }
        case .p256(let key): Array(try key.signature(for: message).rawRepresentation)
        case .p384(let key): Array(try key.signature(for: message).rawRepresentation)
        case .p521(let key): Array(try key.signature(for: message).rawRepresentation)
        }
    }

    private static func sign(_ digest: some Digest, with key: _RSA.Signing.PrivateKey) throws -> [UInt8] {
        Array(try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of key, without the key.
    var description: String {
        switch self {
        case .rsa(let key): "RSA key of \(key.keySizeInBits) bits"
        case .p256: "P-256 key"
        case .p384: "P-384 key"
        case .p521: "P-521 key"
        }
    }

    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// The signature algorithms of JSON Web Signature (RFC 7518, section 3.1) that Okta accepts for assertions and proofs.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// RSA PKCS#1 v1.5 with SHA-256, the default for RSA keys.
    case rs256 = "RS256"
    /// RSA PKCS#1 v1.5 with SHA-384.
    case rs384 = "RS384"
    /// RSA PKCS#1 v1.5 with SHA-512.
    case rs512 = "RS512"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA on P-521 with SHA-512.
    case es512 = "ES512"

    /// The name in a signature's header, such as `ES256`.
    public var description: String { rawValue }

    /// The kind of key that the algorithm needs, in words.
    var keyKind: String {
        switch self {
        case .rs256, .rs384, .rs512: "an RSA key"
        case .es256: "a P-256 key"
        case .es384: "a P-384 key"
        case .es512: "a P-521 key"
        }
    }
}
