#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import OktaRuntime

/// The signed statement by which an app proves who it is when it asks for a token (RFC 7523, `private_key_jwt`).
///
/// The org remembers the id of every assertion, also of one that it answered with an error, so none can be sent twice.
struct ClientAssertion: Sendable {
    /// How long an assertion is good for, in seconds; Okta takes up to an hour. It is used once, at once.
    static let lifetime = 300

    let clientID: String
    let key: OAuthPrivateKey

    /// Makes a new assertion.
    ///
    /// - Parameters:
    ///   - audience: The URL of the token endpoint.
    ///   - now: The server's time.
    func make(audience: String, at now: Date) throws(OktaError) -> String {
        var header: JSON = ["alg": JSON(key.algorithm.rawValue), "typ": "JWT"]
        if let keyID = key.keyID { header["kid"] = JSON(keyID) }
        let issued = now.epochSeconds
        let payload: JSON = [
            "iss": JSON(clientID),
            "sub": JSON(clientID),
            "aud": JSON(audience),
            "iat": JSON(issued),
            "exp": JSON(issued + Self.lifetime),
            "jti": JSON(UUID().uuidString),
        ]
        return try CompactSignature.make(
            encodedHeader: Base64URL.encode(header.bytes), payload: payload, key: key.key, algorithm: key.algorithm)
    }
}

extension Date {
    /// Whole seconds since 1970, for claims.
    var epochSeconds: Int {
        // Years that the seconds of an Int64 do not reach have no meaning here; a clock cannot trap the program.
        Int(exactly: timeIntervalSince1970.rounded(.down)) ?? 0
    }
}
