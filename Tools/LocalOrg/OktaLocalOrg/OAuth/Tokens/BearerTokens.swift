#if LocalOrg
import OktaRuntime

/// A valid access token: signed by its server, not expired or revoked, and of an active client and user.
struct BearerToken {
    let token: CompactToken
    let client: OAuthClient
    let user: UserRecord?

    var id: String { token.claims.text("jti") ?? "" }
    var scopes: Set<String> { Set((token.claims["scp"]?.elements ?? []).compactMap(\.string)) }
    /// The thumbprint of the key that the token is bound to.
    var thumbprint: String? { token.claims.text("cnf.jkt") }

    /// Validates a token; nil if it is invalid.
    init?(_ text: String, of issuer: Issuer, _ org: OrgState) {
        guard let token = issuer.token(text, org), let id = token.claims.text("jti"), id.hasPrefix("AT."),
            let expiry = token.seconds("exp"), expiry > org.now.seconds, org.tables[OAuthStore.revoked][id] == nil,
            let client = OAuthClient(id: token.claims.text("cid") ?? "", org)
        else { return nil }
        user = token.claims.text("uid").flatMap { org.users[$0] }
        if token.claims["uid"] != nil, user?.status != .active { return nil }
        self.token = token
        self.client = client
    }

    /// Returns the lowercase scheme and the token of an `Authorization` header. Some clients omit the space between
    /// them, as with `SSWS`.
    static func credentials(in request: LocalRequest) -> (scheme: String, token: String)? {
        guard let header = request.header("authorization") else { return nil }
        let start = header.lowercased()
        guard let scheme = ["bearer", "dpop"].first(where: { start.hasPrefix($0) }) else { return nil }
        return (scheme, String(header.dropFirst(scheme.count).drop { $0 == " " }))
    }

    /// Throws unless the sender proves possession of the key that the token is bound to. A bound token must be sent with
    /// the scheme `DPoP`, any other with `Bearer`.
    func checkBinding(scheme: String, _ request: LocalRequest, origin: String, _ org: inout OrgState)
        throws(OAuthRefusal)
    {
        guard let thumbprint else {
            guard scheme == "bearer" else {
                throw OAuthRefusal("invalid_token", "The access token is not bound to a key.", status: 401)
            }
            return
        }
        guard scheme == "dpop", let credentials = Self.credentials(in: request) else {
            throw OAuthRefusal(
                "invalid_token", "The access token is bound to a key, and must be sent with the scheme DPoP.",
                status: 401)
        }
        guard let proof = try DPoPCheck.proof(in: request) else {
            throw OAuthRefusal("invalid_dpop_proof", "The DPoP proof JWT header is missing.")
        }
        let key = try DPoPCheck(request, origin: origin).thumbprint(
            proof, token: credentials.token, needsNonce: false, &org)
        guard key == thumbprint else {
            throw OAuthRefusal("invalid_dpop_proof", "The DPoP proof JWT is not of the key that the token is bound to.")
        }
    }
}
#endif
