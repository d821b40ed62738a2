#if LocalOrg
import OktaRuntime

/// Authorization codes: their data, and the exchange for tokens.
enum CodeGrant {
    /// The lifetime of a code, in seconds.
    private static let lifetime = 300

    /// Creates a code.
    static func create(
        _ form: OAuthForm, _ client: OAuthClient, _ user: UserRecord, _ scopes: [String], _ issuer: Issuer,
        _ org: inout OrgState
    ) -> String {
        let code = org.ids.key(43)
        let optional = { (text: String?) -> JSON in text.map { JSON($0) } ?? .null }
        org.tables[OAuthStore.codes][code] = [
            "client": JSON(client.id), "user": JSON(user.id), "scopes": JSON(scopes.map { JSON($0) }),
            "redirect": optional(form["redirect_uri"]), "challenge": optional(form["code_challenge"]),
            "nonce": optional(form["nonce"]), "server": optional(issuer.serverID), "jkt": optional(form["dpop_jkt"]),
            "authTime": JSON(org.now.seconds), "ends": JSON(org.now.seconds + lifetime),
            "parameters": TokenHookRequest.parameters(form, of: client),
        ]
        OAuthStore.prune(OAuthStore.codes, &org) { $0["ends"]?.int }
        return code
    }

    /// Exchanges a code for tokens. A code can be used once; a second use revokes the tokens of the first.
    static func respond(to request: TokenEndpoint.Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let client = request.client
        try client.require(grant: "authorization_code")
        let code = try request.form.required("code")
        let invalid = OAuthRefusal.invalidGrant("The authorization code is invalid or has expired.")
        guard let row = org.tables[OAuthStore.codes][code], row["ends"]?.int ?? 0 > org.now.seconds,
            row.text("server") == request.issuer.serverID
        else { throw invalid }
        guard row.text("client") == client.id else {
            throw .invalidGrant(
                "The grant was issued to another client. Ensure that the 'client_id' matches the one used at the "
                    + "authorize request.")
        }
        if row["used"]?.bool == true {
            revokeTokens(of: code, &org)
            throw invalid
        }
        guard row.text("redirect") == request.form["redirect_uri"] else {
            throw .invalidGrant(
                "The 'redirect_uri' does not match the redirection URI used in the authorization request.")
        }
        try checkVerifier(request.form["code_verifier"], row.text("challenge"))
        if let bound = row.text("jkt"), bound != request.thumbprint {
            throw OAuthRefusal("invalid_dpop_proof", "The DPoP proof JWT is not of the key that the code is bound to.")
        }
        guard let user = org.users[row.text("user") ?? ""], user.status == .active else { throw invalid }
        org.tables[OAuthStore.codes][code]?["used"] = true
        return try TokenEndpoint.issue(
            request, user, (row["scopes"]?.elements ?? []).compactMap(\.string), grant: "authorization_code",
            authTime: row["authTime"]?.int, nonce: row.text("nonce"), code: code, parameters: row["parameters"], &org)
    }

    private static func checkVerifier(_ verifier: String?, _ challenge: String?) throws(OAuthRefusal) {
        guard let challenge else { return }
        guard let verifier, Digests.sha256(verifier) == challenge else {
            throw .invalidGrant("PKCE verification failed.")
        }
    }

    private static func revokeTokens(of code: String, _ org: inout OrgState) {
        for (id, row) in org.tables[OAuthStore.accessTokens].all where row.text("code") == code {
            org.tables[OAuthStore.revoked][id] = row["exp"] ?? .null
            if let refresh = row.text("refresh") { OAuthStore.revoke(refreshID: refresh, &org) }
        }
    }
}
#endif
