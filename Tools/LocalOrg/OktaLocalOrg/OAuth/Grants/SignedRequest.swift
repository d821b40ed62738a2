#if LocalOrg
import OktaRuntime

/// An authorization request with parameters in a signed token (RFC 9101).
enum SignedRequest {
    private static let used = "oauth.requestObjects"

    /// Returns the parameters of a request, from its `request` token if it has one.
    static func form(
        _ form: OAuthForm, of client: OAuthClient, _ issuer: Issuer, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OAuthForm {
        guard let text = form["request"] else { return form }
        guard let token = CompactToken(text) else { throw refusal("The 'request' can't be parsed.") }
        let algorithm = client.app.text("settings.oauthClient.backchannel_authentication_request_signing_alg")
        guard let algorithm, token.header.text("alg") == algorithm, ClientSignature.isValid(token, client, org) else {
            throw refusal("The signature of the 'request' is invalid, or not of the algorithm that the client names.")
        }
        guard token.claims.text("iss") == client.id else { throw refusal("The issuer must be the client_id.") }
        guard token.audiences == [issuer.url] else {
            throw refusal("The audience must be the issuer of the authorization server.")
        }
        try checkTime(token, org.now)
        if let id = token.claims.text("jti") {
            let expiry = token.seconds("exp") ?? org.now.seconds + maximumLifetime
            guard UsedIDs.spend("\(client.id)/\(id)", until: expiry, kind: used, &org) else {
                throw refusal("The 'request' has already been used.")
            }
        }
        return OAuthForm(kept: token.claims, beside: form)
    }

    /// The maximum lifetime of a request, in seconds.
    private static let maximumLifetime = 3600

    private static func checkTime(_ token: CompactToken, _ now: OrgTime) throws(OAuthRefusal) {
        if let issued = token.seconds("iat"), issued > now.seconds { throw refusal("The 'request' is not yet valid.") }
        guard let expiry = token.seconds("exp") else { return }
        guard expiry > now.seconds else { throw refusal("The 'request' has expired.") }
        guard expiry <= now.seconds + maximumLifetime else {
            throw refusal("The 'request' expires too far in the future.")
        }
    }

    private static func refusal(_ description: String) -> OAuthRefusal {
        OAuthRefusal("invalid_request_object", description)
    }
}
#endif
