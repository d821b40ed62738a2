internal import Crypto
internal import CryptoExtras

/// A private key of one of the supported kinds. Never printed.
enum SigningKey: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)

    /// Generates a key for an algorithm; RSA keys have 2048 bits.
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

    /// Signs by RFC 7518: RSA signatures unchanged, ECDSA signatures as both numbers in full length.
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
    /// The kind of key; never the key.
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
