/// The signature algorithms of JSON Web Signature (RFC 7518, section 3.1) that Okta accepts for assertions and proofs.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// RSA PKCS#1 v1.5 with SHA-256; the default for RSA keys.
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
