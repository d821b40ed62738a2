#if CommandLine
internal import Crypto
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A proof key for one authorization code (RFC 7636, S256).
package struct PKCE: Sendable {
    /// The secret in the token request.
    package let verifier: String
    /// Its digest, which the authorization request contains.
    package let challenge: String

    package init(verifier: String = PKCE.randomText()) {
        self.verifier = verifier
        challenge = Self.base64URL(Array(SHA256.hash(data: Array(verifier.utf8))))
    }

    /// Returns 256 random bits as text.
    package static func randomText() -> String {
        var random = SystemRandomNumberGenerator()
        return base64URL((0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) })
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
#endif
