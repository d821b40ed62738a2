#if LocalOrg
import OktaRuntime

/// A token before it is signed. A token inline hook can change it.
struct TokenDraft: Sendable {
    /// All claims except the expiry.
    var claims: JSON
    /// The lifetime in seconds.
    var lifetime: Int

    /// The time when the token expires.
    var expiry: Int { (claims["iat"]?.int ?? 0) + lifetime }
}

/// The tokens of one grant before they are signed.
struct TokenDrafts: Sendable {
    var access: TokenDraft?
    var identity: TokenDraft?
    /// The id of the refresh token.
    var refreshID: String?
}

/// The tokens of one grant.
struct TokenIssue {
    let client: OAuthClient
    let user: UserRecord?
    let scopes: [String]
    let verdict: ServerPolicies.Verdict
    /// The grant's name, for the System Log.
    let grant: String
    /// Whether the user signs in for these tokens. A refresh and an exchange continue an earlier sign-in.
    var isSignIn = true
    var authTime: Int?
    var nonce: String?
    /// The authentication methods of the user (RFC 8176).
    var methods = ["pwd"]
    /// The thumbprint of the key that the tokens are bound to.
    var thumbprint: String?
    /// The exchanged code. Its second use revokes the tokens.
    var code: String?
    /// The refresh token in use; nil for other grants.
    var refresh: RefreshToken?
    /// The type of the access token, which the response to an exchange states.
    var issuedType: String?
    /// The parameters of the request that the tokens are for, which a token inline hook receives.
    var parameters: JSON = [:]

    /// Returns the response of the token endpoint.
    func response(of issuer: Issuer, _ call: Call, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let isRefreshable =
            user != nil && scopes.contains("offline_access") && client.grantTypes.contains("refresh_token")
        let drafts = TokenDrafts(
            access: accessToken(issuer, &org),
            identity: scopes.contains("openid") ? idToken(issuer, isAlone: false, &org) : nil,
            refreshID: refresh?.id ?? (isRefreshable ? org.ids.next("oar") : nil))
        return try TokenHook.call(for: drafts, self, issuer, call, &org) { refusal, org in
            OAuthLog.record(
                "app.oauth2.as.token.grant", client, user, outcome: "FAILURE", reason: refusal.error, call, &org)
            return refusal.response
        } finish: { drafts, org throws(OAuthRefusal) in
            try response(drafts, issuer, call, &org)
        }
    }

    /// Signs the tokens and returns the response of the token endpoint.
    private func response(
        _ drafts: TokenDrafts, _ issuer: Issuer, _ call: Call, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        guard let draft = drafts.access else { throw .serverError }
        var members: [(String, JSON)] = [
            ("token_type", JSON(thumbprint == nil ? "Bearer" : "DPoP")), ("expires_in", JSON(draft.lifetime)),
        ]
        var refreshText: String?
        if let refresh {
            // It may have been revoked while a hook was called.
            guard RefreshToken(refresh.text, org) != nil else { throw RefreshToken.expired }
            refreshText = refresh.next(client, verdict, &org)
        } else if let id = drafts.refreshID {
            refreshText = RefreshToken.create(id: id, self, issuer, &org)
        }
        let access = try sign(access: draft, drafts.refreshID, issuer, &org)
        members.append(("access_token", JSON(access)))
        members.append(("scope", JSON(scopes.joined(separator: " "))))
        if let refreshText { members.append(("refresh_token", JSON(refreshText))) }
        if let draft = drafts.identity {
            members.append(("id_token", JSON(try sign(identity: draft, beside: access, issuer, org))))
        }
        if let user, isSignIn, scopes.contains("device_sso"), scopes.contains("openid") {
            members.append(("device_secret", JSON(DeviceSecret.create(for: user, authTime: authTime, issuer, &org))))
        }
        if let issuedType { members.append(("issued_token_type", JSON(issuedType))) }
        log("SUCCESS", nil, issuer, call, &org)
        var response = OAuthResponse.json(JSON(members: members))
        if thumbprint != nil { response.headers.append(DPoPNonces.header(org)) }
        return response
    }

    // MARK: Access tokens

    /// Returns an access token before it is signed.
    func accessToken(_ issuer: Issuer, _ org: inout OrgState) -> TokenDraft {
        var claims: [(String, JSON)] = [
            ("ver", 1), ("jti", JSON("AT." + org.ids.key(43))), ("iss", JSON(issuer.url)),
            ("aud", JSON(issuer.audience)), ("iat", JSON(org.now.seconds)), ("cid", JSON(client.id)),
        ]
        if let user { claims.append(("uid", JSON(user.id))) }
        claims.append(("scp", JSON(scopes.map { JSON($0) })))
        if let authTime { claims.append(("auth_time", JSON(authTime))) }
        if let thumbprint { claims.append(("cnf", JSON(members: [("jkt", JSON(thumbprint))]))) }
        var subject = user?.profile.text("login") ?? client.id
        if let server = issuer.serverID {
            let own = ServerClaims(client: client, user: user, scopes: scopes, org: org)
                .claims(of: server, for: .access, all: true)
            for (name, value) in own where name != "exp" && !claims.contains(where: { $0.0 == name }) {
                if name == "sub" { subject = value.string ?? subject } else { claims.append((name, value)) }
            }
        }
        claims.append(("sub", JSON(subject)))
        return TokenDraft(claims: JSON(members: claims), lifetime: verdict.accessLifetime)
    }

    /// Signs an access token and stores its id.
    func sign(
        access draft: TokenDraft, _ refreshID: String?, _ issuer: Issuer, _ org: inout OrgState
    ) throws(OAuthRefusal) -> String {
        var claims = draft.claims
        claims["exp"] = JSON(draft.expiry)
        var header: JSON = ["kid": JSON(issuer.keyID), "alg": "RS256"]
        if issuer.isOrg { header["typ"] = "application/okta-internal-at+jwt" }
        org.tables[OAuthStore.accessTokens][claims.text("jti") ?? ""] = [
            "exp": JSON(draft.expiry), "client": JSON(client.id), "user": user.map { JSON($0.id) } ?? .null,
            "refresh": refreshID.map { JSON($0) } ?? .null, "code": code.map { JSON($0) } ?? .null,
        ]
        OAuthStore.prune(OAuthStore.accessTokens, &org) { $0["exp"]?.int }
        return try issuer.sign(header: header, claims, org)
    }

    // MARK: ID tokens

    /// Returns an ID token before it is signed; nil if there is no user.
    ///
    /// - Parameter isAlone: Whether no access token is issued with it. Next to one it has only the claims that are always
    ///   included; userinfo has the others.
    func idToken(_ issuer: Issuer, isAlone: Bool, _ org: inout OrgState) -> TokenDraft? {
        guard let user else { return nil }
        var claims: [(String, JSON)] = [
            ("sub", JSON(user.id)), ("ver", 1), ("iss", JSON(issuer.url)), ("aud", JSON(client.id)),
            ("iat", JSON(org.now.seconds)),
            ("jti", JSON("ID." + org.ids.key(43))), ("amr", JSON(methods.map { JSON($0) })),
            ("idp", JSON(org.identity.orgID)),
            ("auth_time", JSON(authTime ?? org.now.seconds)),
        ]
        if let nonce { claims.append(("nonce", JSON(nonce))) }
        let always: Set = ["name", "email", "preferred_username"]
        for (name, value) in UserClaims.all(of: user, scopes: scopes, org)
        where isAlone || always.contains(name) || name == "groups" {
            claims.append((name, value))
        }
        if let server = issuer.serverID {
            let own = ServerClaims(client: client, user: user, scopes: scopes, org: org)
                .claims(of: server, for: .identity, all: isAlone)
            for (name, value) in own where name != "exp" && !claims.contains(where: { $0.0 == name }) {
                claims.append((name, value))
            }
        }
        return TokenDraft(claims: JSON(members: claims), lifetime: 3600)
    }

    /// Signs an ID token.
    ///
    /// - Parameter access: The access token that is issued with it.
    func sign(
        identity draft: TokenDraft, beside access: String?, _ issuer: Issuer, _ org: OrgState
    ) throws(OAuthRefusal) -> String {
        var claims = draft.claims
        claims["exp"] = JSON(draft.expiry)
        if let access { claims["at_hash"] = JSON(Digests.leftHalf(access)) }
        return try issuer.sign(header: ["kid": JSON(issuer.keyID), "alg": "RS256"], claims, org)
    }

    /// Records the event of an issued or refused token.
    func log(_ outcome: String, _ reason: String?, _ issuer: Issuer, _ call: Call, _ org: inout OrgState) {
        OAuthLog.record(
            issuer.isOrg ? "app.oauth2.token.grant.access_token" : "app.oauth2.as.token.grant.access_token",
            client, user, outcome: outcome, reason: reason, call, &org)
    }
}

/// OAuth events in the System Log. The client is the actor.
enum OAuthLog {
    static func record(
        _ type: String, _ client: OAuthClient, _ user: UserRecord?, outcome: String = "SUCCESS", reason: String? = nil,
        _ call: Call, _ org: inout OrgState
    ) {
        let targets = user.map { [SystemLog.party($0)] } ?? []
        record(type, client, targets, outcome: outcome, reason: reason, call, &org)
    }

    static func record(
        _ type: String, _ client: OAuthClient, _ targets: [LogEvent.Party], outcome: String, reason: String?,
        _ call: Call, _ org: inout OrgState
    ) {
        var call = call
        call.caller = Caller(id: client.id, name: client.app.text("label") ?? client.id, isApp: true)
        SystemLog.record(type, call, &org, targets: targets, outcome: outcome, reason: reason)
    }
}
#endif
