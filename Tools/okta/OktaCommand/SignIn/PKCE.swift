#if CommandLine
internal import Crypto
internal import OktaRuntime

/// A proof key for one authorization code (RFC 7636, S256).
package struct PKCE: Sendable {
    /// The secret in the token request.
    package let verifier: String
    /// Its digest, which the authorization request contains.
    package let challenge: String

    package init(verifier: String = PKCE.randomText()) {
        self.verifier = verifier
        challenge = Base64URL.encode(SHA256.hash(data: Array(verifier.utf8)))
    }

    /// Returns 256 random bits as text.
    package static func randomText() -> String {
        var random = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) })
    }
}
#endif
