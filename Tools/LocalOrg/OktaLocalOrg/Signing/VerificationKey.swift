#if LocalOrg
internal import Crypto
internal import CryptoExtras
import OktaRuntime

/// A public key of a client that verifies the client's signatures.
struct VerificationKey: Sendable {
    private enum Kind: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
    }

    private let kind: Kind
    /// The JWK thumbprint (RFC 7638) with SHA-256, in base64url.
    let thumbprint: String

    /// Parses a JSON Web Key; nil if it is invalid, or of a type that Okta does not support.
    init?(_ jwk: JSON) {
        func number(_ name: String) -> [UInt8]? { jwk.text(name).flatMap { Base64URL.decode($0) } }
        func text(_ name: String) -> JSON { jwk[name] ?? .null }
        let required: JSON
        switch (jwk.text("kty"), jwk.text("crv")) {
        case ("RSA", _):
            guard let n = number("n"), let e = number("e"), let key = try? _RSA.Signing.PublicKey(n: n, e: e) else {
                return nil
            }
            kind = .rsa(key)
            required = JSON(members: [("e", text("e")), ("kty", "RSA"), ("n", text("n"))])
        case ("EC", let curve?):
            guard let x = number("x"), let y = number("y") else { return nil }
            switch curve {
            case "P-256":
                guard let key = try? P256.Signing.PublicKey(rawRepresentation: x + y) else { return nil }
                kind = .p256(key)
            case "P-384":
                guard let key = try? P384.Signing.PublicKey(rawRepresentation: x + y) else { return nil }
                kind = .p384(key)
            case "P-521":
                guard let key = try? P521.Signing.PublicKey(rawRepresentation: x + y) else { return nil }
                kind = .p521(key)
            default: return nil
            }
            required = JSON(
                members: [("crv", JSON(curve)), ("kty", "EC"), ("x", text("x")), ("y", text("y"))])
        default: return nil
        }
        thumbprint = Digests.sha256(required.bytes)
    }

    /// Returns whether this key verifies the token's signature with the algorithm in its header. `none` and algorithms
    /// for other key types never verify.
    func verifies(_ token: CompactToken) -> Bool {
        let message = token.message
        switch (kind, token.header.text("alg")) {
        case (.rsa(let key), "RS256"): return Self.verify(SHA256.hash(data: message), token, key)
        case (.rsa(let key), "RS384"): return Self.verify(SHA384.hash(data: message), token, key)
        case (.rsa(let key), "RS512"): return Self.verify(SHA512.hash(data: message), token, key)
        case (.p256(let key), "ES256"):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature) else {
                return false
            }
            return key.isValidSignature(signature, for: SHA256.hash(data: message))
        case (.p384(let key), "ES384"):
            guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: token.signature) else {
                return false
            }
            return key.isValidSignature(signature, for: SHA384.hash(data: message))
        case (.p521(let key), "ES512"):
            guard let signature = try? P521.Signing.ECDSASignature(rawRepresentation: token.signature) else {
                return false
            }
            return key.isValidSignature(signature, for: SHA512.hash(data: message))
        default: return false
        }
    }

    private static func verify(_ digest: some Digest, _ token: CompactToken, _ key: _RSA.Signing.PublicKey) -> Bool {
        key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: token.signature), for: digest, padding: .insecurePKCS1v1_5)
    }
}

/// Hashes, and signatures with a shared secret.
enum Digests {
    /// Returns the SHA-256 hash in base64url.
    static func sha256(_ bytes: [UInt8]) -> String { Base64URL.encode(SHA256.hash(data: bytes)) }

    static func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

    /// Returns the left half of the SHA-256 hash in base64url, as in `at_hash`.
    static func leftHalf(_ text: String) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Array(text.utf8))).prefix(16))
    }

    /// Returns whether a secret verifies the token's signature (HS256, HS384 or HS512).
    static func verifies(_ token: CompactToken, secret: String) -> Bool {
        let key = SymmetricKey(data: Array(secret.utf8))
        switch token.header.text("alg") {
        case "HS256":
            return HMAC<SHA256>.isValidAuthenticationCode(
                token.signature, authenticating: token.message, using: key)
        case "HS384":
            return HMAC<SHA384>.isValidAuthenticationCode(
                token.signature, authenticating: token.message, using: key)
        case "HS512":
            return HMAC<SHA512>.isValidAuthenticationCode(
                token.signature, authenticating: token.message, using: key)
        default: return false
        }
    }
}
#endif
