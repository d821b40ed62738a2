#if LocalOrg
import OktaRuntime

/// The public keys that a client publishes at its `jwks_uri`. They are fetched when an assertion has an unknown key,
/// and cached for an hour.
enum ClientKeys {
    private static let lifetime = 3_600

    /// Returns the cached keys.
    static func known(of client: OAuthClient, _ org: OrgState) -> [JSON] {
        guard let url = address(of: client), let row = org.tables[OAuthStore.clientKeys][client.id],
            row.text("url") == url, row["ends"]?.int ?? 0 > org.now.seconds
        else { return [] }
        return row["keys"]?.elements ?? []
    }

    /// Returns the client's `jwks_uri`; nil if the app's settings have keys, which take precedence.
    private static func address(of client: OAuthClient) -> String? {
        guard AppJWKs.keys(of: client.app).isEmpty, let url = client.app.text("settings.oauthClient.jwks_uri"),
            !url.isEmpty
        else { return nil }
        return url
    }

    /// Fetches the keys that a request needs before it can be handled.
    ///
    /// - Returns: Nil if the request has no signature, or its key is known.
    static func read(
        for call: Call, _ org: OrgState,
        then respond: @escaping @Sendable (Call, inout OrgState) throws(OrgFault) -> OrgResponse
    ) -> OrgResponse? {
        guard let assertion = OAuthForm(call)["client_assertion"].flatMap({ CompactToken($0) }),
            let client = assertion.claims.text("iss").flatMap({ OAuthClient(id: $0, org) }),
            client.method == "private_key_jwt", let url = address(of: client)
        else { return nil }
        let kid = assertion.header.text("kid")
        let keys = known(of: client, org)
        let isKnown = kid == nil ? !keys.isEmpty : keys.contains { $0.text("kid") == kid }
        guard !isKnown else { return nil }
        let delivery = HookDelivery(
            hookID: client.id, kind: .clientKeys, method: "GET", url: url, headers: [("Accept", "application/json")])
        return OrgResponse(
            status: 200,
            hook: HookCall(delivery: delivery) { delivery, org throws(OrgFault) in
                if delivery.outcome == .delivered, let json = try? JSON(parsing: delivery.responseBody),
                    let keys = json["keys"], keys.kind == .array
                {
                    org.tables[OAuthStore.clientKeys][client.id] = [
                        "url": JSON(url), "keys": keys, "ends": JSON(org.now.seconds + lifetime),
                    ]
                }
                return try respond(call, &org)
            })
    }
}

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

    /// Returns whether the client signed a token: with its secret for HMAC, otherwise with a key.
    static func isValid(_ token: CompactToken, _ client: OAuthClient, _ org: OrgState) -> Bool {
        if token.header.text("alg")?.hasPrefix("HS") == true {
            return client.method.hasPrefix("client_secret") && isBySecret(token, client, org)
        }
        return key(of: token, among: client.keys(org)).flatMap { VerificationKey($0) }?.verifies(token) == true
    }
}
#endif
