#if LocalOrg
import OktaRuntime

/// Identity assertion grants (ID-JAG) for Cross App Access and agents: an app exchanges a user's token at the org
/// authorization server for an assertion, which a custom authorization server exchanges for an access token.
enum IdentityAssertion {
    static let tokenType = "urn:ietf:params:oauth:token-type:id-jag"
    /// The grant type that exchanges the assertion (RFC 7523).
    static let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    private static let headerType = "oauth-id-jag+jwt"
    private static let lifetime = 300
    /// Ids of used assertions.
    private static let used = "oauth.identityAssertions"

    // MARK: Issuing

    /// Issues an assertion for the user of the client's ID or access token.
    static func issue(_ request: TokenEndpoint.Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        guard request.issuer.isOrg else {
            throw .invalidRequest("Only the org authorization server issues identity assertions.")
        }
        let audience = try request.form.required("audience")
        guard isKnown(audience, to: request.client, request.call, org) else {
            throw OAuthRefusal("invalid_target", "The 'audience' parameter is not a server that the client may access.")
        }
        let (user, authTime) = try subject(request, &org)
        let scopes = request.form.list("scope")
        var claims: [(String, JSON)] = [
            ("jti", JSON(org.ids.key(43))), ("iss", JSON(request.issuer.url)), ("sub", JSON(user.id)),
            ("aud", JSON(audience)), ("client_id", JSON(request.client.id)), ("iat", JSON(org.now.seconds)),
            ("exp", JSON(org.now.seconds + lifetime)),
        ]
        if let authTime { claims.append(("auth_time", JSON(authTime))) }
        if let resource = request.form["resource"] { claims.append(("resource", JSON(resource))) }
        if !scopes.isEmpty { claims.append(("scope", JSON(scopes.joined(separator: " ")))) }
        if let email = user.profile.text("email") { claims.append(("email", JSON(email))) }
        let token = try request.issuer.sign(
            header: ["kid": JSON(request.issuer.keyID), "alg": "RS256", "typ": JSON(headerType)],
            JSON(members: claims), org)
        OAuthLog.record("app.oauth2.token.grant", request.client, user, request.call, &org)
        var members: [(String, JSON)] = [
            // The token is not an access token and cannot be used as one.
            ("token_type", "N_A"), ("expires_in", JSON(lifetime)), ("access_token", JSON(token)),
            ("issued_token_type", JSON(tokenType)),
        ]
        if !scopes.isEmpty { members.append(("scope", JSON(scopes.joined(separator: " ")))) }
        return OAuthResponse.json(JSON(members: members))
    }

    /// Returns whether a client may request assertions for an audience: a custom authorization server of this org,
    /// whose policies decide later, or any server if an admin has connected the app with another.
    private static func isKnown(_ audience: String, to client: OAuthClient, _ call: Call, _ org: OrgState) -> Bool {
        guard let url = NormalURL.text(audience) else { return false }
        let isOwn = org.tables[AuthorizationServers.kind].first { server in
            let names = [
                AuthorizationServers.issuer(of: server, call.origin),
                call.origin + "/oauth2/" + (server.text("id") ?? ""),
            ]
            return server.text("status") == "ACTIVE" && names.contains { NormalURL.text($0) == url }
        }
        return isOwn != nil || CrossAppConnections.mayRequest(client.appID, org)
    }

    private static func subject(
        _ request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> (UserRecord, authTime: Int?) {
        let text = try request.form.required("subject_token")
        let refused = OAuthRefusal.invalidGrant("The 'subject_token' is invalid.")
        switch try request.form.required("subject_token_type") {
        case TokenExchange.idToken:
            guard let token = request.issuer.token(text, org), token.claims.text("jti")?.hasPrefix("ID.") == true,
                token.audiences == [request.client.id], token.seconds("exp") ?? 0 > org.now.seconds,
                let user = org.users[token.claims.text("sub") ?? ""], user.status == .active
            else { throw refused }
            return (user, token.seconds("auth_time"))
        case TokenExchange.accessToken:
            guard let token = BearerToken(text, of: request.issuer, org), token.client.id == request.client.id,
                let user = token.user
            else { throw refused }
            return (user, token.token.seconds("auth_time"))
        default:
            throw .invalidRequest("The 'subject_token_type' parameter is not supported for identity assertions.")
        }
    }

    // MARK: Exchange

    /// Exchanges an assertion of the org authorization server for an access token of a custom one.
    static func respond(to request: TokenEndpoint.Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        guard !request.issuer.isOrg else {
            throw OAuthRefusal("unsupported_grant_type", "The grant type in the request isn't supported.")
        }
        try request.client.require(grant: grant)
        let text = try request.form.required("assertion")
        let invalid = OAuthRefusal.invalidGrant("The 'assertion' is invalid.")
        guard let token = Issuer(ofOrg: request.call.origin, &org).token(text, org),
            token.header.text("typ") == headerType, let id = token.claims.text("jti"),
            token.audiences.count == 1, let audience = token.audiences.first.flatMap(NormalURL.withoutHost),
            [request.issuer.url, request.issuer.base].contains(where: { NormalURL.withoutHost($0) == audience }),
            token.claims.text("client_id") == request.client.id
        else { throw invalid }
        let expiry = token.seconds("exp") ?? 0
        guard expiry > org.now.seconds else { throw .invalidGrant("The 'assertion' has expired.") }
        guard let user = org.users[token.claims.text("sub") ?? ""], user.status == .active else { throw invalid }
        let granted = (token.claims.text("scope") ?? "").split(separator: " ").map(String.init)
        let wanted = request.form.list("scope")
        guard granted.isEmpty || wanted.allSatisfy(granted.contains) else {
            throw .invalidScope("The requested scope exceeds that of the assertion.")
        }
        let scopes = try OAuthScopes.granted(
            wanted.isEmpty ? granted : wanted, to: request.client, by: request.issuer, hasUser: true, org)
        let response = try TokenEndpoint.issue(
            request, user, scopes, grant: grant, authTime: token.seconds("auth_time"), &org)
        guard UsedIDs.spend(id, until: expiry, kind: used, &org) else {
            throw .invalidGrant("The 'assertion' has already been used.")
        }
        return response
    }
}
#endif
