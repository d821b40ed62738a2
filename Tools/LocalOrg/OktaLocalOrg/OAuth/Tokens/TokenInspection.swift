#if LocalOrg
import OktaRuntime

/// Introspection, revocation, userinfo and sign-out.
enum TokenInspection {
    // MARK: Introspection (RFC 7662)

    static func introspect(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        let client = try ClientAuthenticationCheck.client(
            call, form, endpoint: issuer.base + "/v1/introspect", &org)
        guard let text = form["token"] else { throw .invalidRequest("The 'token' parameter is required.") }
        return OAuthResponse.json(
            accessToken(text, issuer, org) ?? identityToken(text, client, issuer, org)
                ?? refreshToken(text, client, issuer, org) ?? ["active": false])
    }

    private static func accessToken(_ text: String, _ issuer: Issuer, _ org: OrgState) -> JSON? {
        guard let token = BearerToken(text, of: issuer, org) else { return nil }
        let claims = token.token.claims
        var members: [(String, JSON)] = [
            ("active", true), ("token_type", JSON(token.thumbprint == nil ? "Bearer" : "DPoP")),
            ("scope", JSON((claims["scp"]?.elements ?? []).compactMap(\.string).joined(separator: " "))),
            ("client_id", JSON(token.client.id)),
        ]
        members.append(("username", JSON(token.user?.profile.text("login") ?? token.client.id)))
        for name in ["exp", "iat", "sub", "aud", "iss", "jti", "uid", "cnf"] {
            if let value = claims[name] { members.append((name, value)) }
        }
        return JSON(members: members)
    }

    private static func identityToken(
        _ text: String, _ client: OAuthClient, _ issuer: Issuer, _ org: OrgState
    ) -> JSON? {
        guard let token = issuer.token(text, org), let id = token.claims.text("jti"), id.hasPrefix("ID."),
            token.seconds("exp") ?? 0 > org.now.seconds, token.audiences == [client.id]
        else { return nil }
        return JSON(members: [("active", true)] + (token.claims.members ?? []).map { ($0.key, $0.value) })
    }

    /// Introspects a refresh token, which only its own client may do.
    private static func refreshToken(
        _ text: String, _ client: OAuthClient, _ issuer: Issuer, _ org: OrgState
    ) -> JSON? {
        guard let token = RefreshToken(text, org), token.clientID == client.id, token.serverID == issuer.serverID,
            !token.isReused(client, org.now), let user = org.users[token.userID], user.status == .active
        else { return nil }
        return JSON(members: [
            ("active", true), ("token_type", JSON(token.thumbprint == nil ? "Bearer" : "DPoP")),
            ("scope", JSON(token.scopes.joined(separator: " "))), ("client_id", JSON(client.id)),
            ("username", JSON(user.profile.text("login") ?? "")), ("exp", token.json["ends"] ?? .null),
            ("sub", JSON(user.profile.text("login") ?? "")), ("uid", JSON(user.id)),
        ])
    }

    // MARK: Revocation (RFC 7009)

    /// Revokes a token of the client. Any other token gets the same response (RFC 7009, section 2.2).
    static func revoke(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        let client = try ClientAuthenticationCheck.client(call, form, endpoint: issuer.base + "/v1/revoke", &org)
        guard let text = form["token"] else { throw .invalidRequest("The 'token' parameter is required.") }
        if let token = issuer.token(text, org), let id = token.claims.text("jti"),
            token.claims.text("cid") == client.id
        {
            org.tables[OAuthStore.revoked][id] = token.claims["exp"] ?? .null
            org.tables[OAuthStore.accessTokens][id] = nil
            OAuthStore.prune(OAuthStore.revoked, &org) { $0.int }
            OAuthLog.record("app.oauth2.token.revoke", client, nil, call, &org)
        } else if let token = RefreshToken(text, org), token.clientID == client.id {
            OAuthStore.revoke(refreshID: token.id, &org)
            OAuthLog.record("app.oauth2.token.revoke", client, org.users[token.userID], call, &org)
        }
        var response = OrgResponse.empty(200)
        response.headers = OAuthResponse.uncached
        return response
    }

    // MARK: Userinfo

    static func userInfo(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        guard let credentials = BearerToken.credentials(in: call.request),
            let token = BearerToken(credentials.token, of: issuer, org), let user = token.user
        else { throw challenged("invalid_token", "The access token is invalid", 401) }
        do throws(OAuthRefusal) {
            try token.checkBinding(scheme: credentials.scheme, call.request, origin: call.origin, &org)
        } catch {
            throw challenged(error.error, error.description, 401)
        }
        guard token.scopes.contains("openid") else {
            throw challenged(
                "insufficient_scope", "The access token must provide access to at least one of these scopes - openid",
                403)
        }
        let scopes = token.scopes.sorted()
        var claims: [(String, JSON)] = [("sub", JSON(user.id))]
        claims += UserClaims.all(of: user, scopes: scopes, org)
        if let server = issuer.serverID {
            let own = ServerClaims(client: token.client, user: user, scopes: scopes, org: org)
                .claims(of: server, for: .identity, all: true)
            for (name, value) in own where !claims.contains(where: { $0.0 == name }) { claims.append((name, value)) }
        }
        return OAuthResponse.json(JSON(members: claims))
    }

    private static func challenged(_ error: String, _ description: String, _ status: Int) -> OAuthRefusal {
        var refusal = OAuthRefusal(error, description, status: status)
        let scheme = error == "invalid_dpop_proof" ? "DPoP" : "Bearer"
        refusal.headers = [("www-authenticate", "\(scheme) error=\"\(error)\", error_description=\"\(description)\"")]
        return refusal
    }

    // MARK: Sign-out

    /// Ends the user's sessions, and redirects to an allowed URI.
    static func logout(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        // An expired ID token still identifies the user.
        guard let hint = form["id_token_hint"], let token = issuer.token(hint, org),
            let client = token.audiences.first.flatMap({ OAuthClient(id: $0, org) })
        else { throw .invalidRequest("The 'id_token_hint' parameter is not an ID token of this server.") }
        let user = token.claims.text("sub").flatMap { org.users[$0] }
        for (id, row) in org.tables["sessions"].all where row.text("userId") == user?.id {
            org.tables["sessions"][id] = nil
        }
        OAuthLog.record("user.session.end", client, user, call, &org)
        var location = call.origin + "/login/signout"
        if let uri = form["post_logout_redirect_uri"] {
            guard client.logoutURIs.contains(uri) else {
                throw .invalidRequest(
                    "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings."
                )
            }
            location = uri
            if let state = form["state"] {
                location += (uri.contains("?") ? "&" : "?") + "state=" + PercentText.encoded(state, inQuery: true)
            }
        }
        var response = OrgResponse.empty(302)
        response.headers = [("location", location)]
        return response
    }
}
#endif
