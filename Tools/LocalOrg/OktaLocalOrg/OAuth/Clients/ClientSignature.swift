#if LocalOrg
import OktaRuntime

/// Verification of tokens that a client signed, with one of its keys or its secret.
enum ClientSignature {
    /// Returns the key with the token's `kid`; without a `kid`, the client's only key.
    static func key(of token: CompactToken, among keys: [JSON]) -> JSON? {
        guard let kid = token.header.text("kid") else { return keys.count == 1 ? keys[0] : nil }
        return keys.first { $0.text("kid") == kid }
    }

    static func isBySecret(_ token: CompactToken, _ client: OAuthClient, _ org: OrgState) -> Bool {
        client.secrets(org).contains { Digests.verifies(token, secret: $0) }
    }

    /// Whether the client signed a token: with its secret for HMAC, otherwise with a key.
    static func isValid(_ token: CompactToken, _ client: OAuthClient, _ org: OrgState) -> Bool {
        if token.header.text("alg")?.hasPrefix("HS") == true {
            return client.method.hasPrefix("client_secret") && isBySecret(token, client, org)
        }
        return key(of: token, among: client.keys(org)).flatMap { VerificationKey($0) }?.verifies(token) == true
    }
}
#endif
