#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import Crypto
public import OktaRuntime

extension ClientAuthentication {
    /// Returns the authentication with an assertion that is signed with the client's private key for each attempt
    /// (`private_key_jwt`).
    ///
    /// - Parameters:
    ///   - clientID: The client's id.
    ///   - privateKey: The private key whose public key is registered in the app.
    /// - Throws: `OktaError.configuration` for an invalid id.
    public static func privateKeyJWT(
        clientID: String, privateKey: OAuthPrivateKey
    ) throws(OktaError) -> ClientAuthentication {
        let assertion = ClientAssertion(clientID: clientID, key: privateKey)
        return try .assertion(clientID: clientID, named: "private_key_jwt") { audience, now throws(OktaError) in
            try assertion.make(audience: audience, at: now)
        }
    }

    /// Returns the authentication with an assertion that is signed with the client's secret for each attempt
    /// (`client_secret_jwt`, HS256). The secret itself is not sent.
    ///
    /// - Parameters:
    ///   - clientID: The client's id.
    ///   - secret: The client's secret, with at least 32 characters, like those that Okta issues.
    /// - Throws: `OktaError.configuration`, which never contains the secret.
    public static func secretJWT(clientID: String, secret: String) throws(OktaError) -> ClientAuthentication {
        let secret = Array(secret.utf8)
        // A shorter key is weaker than the hash (RFC 7518, section 3.2).
        guard secret.count >= 32 else {
            throw .configuration(
                .init(message: "the client secret is too short to sign with; copy it from the app, or use secretBasic"))
        }
        return try .assertion(clientID: clientID, named: "client_secret_jwt") { audience, now throws(OktaError) in
            SecretAssertion(clientID: clientID, secret: secret).make(audience: audience, at: now)
        }
    }
}

/// A client assertion that is signed with the client's secret (RFC 7523, `client_secret_jwt`).
private struct SecretAssertion {
    let clientID: String
    let secret: [UInt8]

    func make(audience: String, at now: Date) -> String {
        let header: JSON = ["alg": "HS256", "typ": "JWT"]
        let claims = ClientAssertion.claims(clientID: clientID, audience: audience, at: now)
        let message = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        let code = HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: SymmetricKey(data: secret))
        return message + "." + Base64URL.encode(code)
    }
}
