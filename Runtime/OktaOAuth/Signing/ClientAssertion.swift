#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import OktaRuntime

/// The client assertion with which an app authenticates a token request (RFC 7523, `private_key_jwt`).
///
/// The org remembers the id of every assertion, even if it responds with an error, so no assertion can be sent twice.
struct ClientAssertion: Sendable {
    /// The lifetime of an assertion in seconds. Okta accepts up to an hour, but an assertion is used once, immediately.
    static let lifetime = 300

    let clientID: String
    let key: OAuthPrivateKey

    /// Creates an assertion.
    ///
    /// - Parameters:
    ///   - audience: The URL of the token endpoint.
    ///   - now: The server's time.
    func make(audience: String, at now: Date) throws(OktaError) -> String {
        var header: JSON = ["alg": JSON(key.algorithm.rawValue), "typ": "JWT"]
        if let keyID = key.keyID { header["kid"] = JSON(keyID) }
        let payload = Self.claims(clientID: clientID, audience: audience, at: now)
        return try CompactSignature.make(
            encodedHeader: Base64URL.encode(header.bytes), payload: payload, key: key.key, algorithm: key.algorithm)
    }

    /// Returns the claims of an assertion, with a unique id.
    static func claims(clientID: String, audience: String, at now: Date) -> JSON {
        let issued = now.epochSeconds
        return [
            "iss": JSON(clientID),
            "sub": JSON(clientID),
            "aud": JSON(audience),
            "iat": JSON(issued),
            "exp": JSON(issued + lifetime),
            "jti": JSON(UUID().uuidString),
        ]
    }
}

extension Date {
    /// Whole seconds since 1970, for claims.
    var epochSeconds: Int {
        // A date beyond Int64 seconds has no meaning here, and a wrong clock must not trap.
        Int(exactly: timeIntervalSince1970.rounded(.down)) ?? 0
    }
}

/// Signed JSON in the compact form of RFC 7515: header, payload and signature, separated by dots.
enum CompactSignature {
    /// Signs a payload.
    ///
    /// - Parameters:
    ///   - encodedHeader: The header in base64url, with `algorithm` as its `alg`.
    ///   - payload: The payload to sign.
    static func make(
        encodedHeader: String, payload: JSON, key: SigningKey, algorithm: SigningAlgorithm
    ) throws(OktaError) -> String {
        let message = encodedHeader + "." + Base64URL.encode(payload.bytes)
        guard let signature = try? key.signature(of: Array(message.utf8), with: algorithm) else {
            throw .authorization(
                .init(message: "the \(key) cannot sign; check that it is intact"))
        }
        return message + "." + Base64URL.encode(signature)
    }
}
