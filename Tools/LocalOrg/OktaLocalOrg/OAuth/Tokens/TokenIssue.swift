#if LocalOrg
import OktaRuntime

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

    /// Returns the response of the token endpoint.
    func response(of issuer: Issuer, _ call: Call, _ org: inout OrgState) throws(OAuthRefusal) -> Reply {
        var members: [(String, JSON)] = [
            ("token_type", JSON(thumbprint == nil ? "Bearer" : "DPoP")), ("expires_in", JSON(verdict.accessLifetime)),
        ]
        var refreshText: String?
        var refreshID = refresh?.id
        if let refresh {
            refreshText = refresh.next(client, verdict, &org)
        } else if user != nil, scopes.contains("offline_access"), client.grantTypes.contains("refresh_token") {
            let new = RefreshToken.create(self, issuer, &org)
            refreshText = new.text
            refreshID = new.id
        }
        let access = try accessToken(issuer, refreshID, &org)
        members.append(("access_token", JSON(access)))
        members.append(("scope", JSON(scopes.joined(separator: " "))))
        if let refreshText { members.append(("refresh_token", JSON(refreshText))) }
        if user != nil, scopes.contains("openid") {
            members.append(("id_token", JSON(try idToken(issuer, beside: access, &org))))
        }
        if let user, isSignIn, scopes.contains("device_sso"), scopes.contains("openid") {
            members.append(("device_secret", JSON(DeviceSecret.create(for: user, authTime: authTime, issuer, &org))))
        }
        log("SUCCESS", nil, issuer, call, &org)
        var reply = OAuthReply.json(JSON(members: members))
        if thumbprint != nil { reply.headers.append(DPoPNonces.header(org)) }
        return reply
    }

    /// Issues an access token and stores its id.
    func accessToken(
        _ issuer: Issuer, _ refreshID: String?, _ org: inout OrgState
    ) throws(OAuthRefusal) -> String {
        let id = "AT." + org.ids.key(43)
        let expiry = org.now.seconds + verdict.accessLifetime
        var claims: [(String, JSON)] = [
            ("ver", 1), ("jti", JSON(id)), ("iss", JSON(issuer.url)), ("aud", JSON(issuer.audience)),
            ("iat", JSON(org.now.seconds)), ("exp", JSON(expiry)), ("cid", JSON(client.id)),
        ]
        if let user { claims.append(("uid", JSON(user.id))) }
        claims.append(("scp", JSON(scopes.map { JSON($0) })))
        if let authTime { claims.append(("auth_time", JSON(authTime))) }
        if let thumbprint { claims.append(("cnf", JSON(members: [("jkt", JSON(thumbprint))]))) }
        var subject = user?.profile.text("login") ?? client.id
        if let server = issuer.serverID {
            let own = ServerClaims(client: client, user: user, scopes: scopes, org: org)
                .claims(of: server, for: .access, all: true)
            for (name, value) in own where !claims.contains(where: { $0.0 == name }) {
                if name == "sub" { subject = value.string ?? subject } else { claims.append((name, value)) }
            }
        }
        claims.append(("sub", JSON(subject)))
        var header: JSON = ["kid": JSON(issuer.keyID), "alg": "RS256"]
        if issuer.isOrg { header["typ"] = "application/okta-internal-at+jwt" }
        org.tables[OAuthStore.accessTokens][id] = [
            "exp": JSON(expiry), "client": JSON(client.id), "user": user.map { JSON($0.id) } ?? .null,
            "refresh": refreshID.map { JSON($0) } ?? .null, "code": code.map { JSON($0) } ?? .null,
        ]
        OAuthStore.prune(OAuthStore.accessTokens, &org) { $0["exp"]?.int }
        return try issuer.sign(header: header, JSON(members: claims), org)
    }

    /// Issues an ID token. Next to an access token it has only the claims that are always included; userinfo has the
    /// others.
    func idToken(_ issuer: Issuer, beside access: String?, _ org: inout OrgState) throws(OAuthRefusal) -> String {
        guard let user else { throw .serverError }
        var claims: [(String, JSON)] = [
            ("sub", JSON(user.id)), ("ver", 1), ("iss", JSON(issuer.url)), ("aud", JSON(client.id)),
            ("iat", JSON(org.now.seconds)), ("exp", JSON(org.now.seconds + 3600)),
            ("jti", JSON("ID." + org.ids.key(43))), ("amr", JSON(methods.map { JSON($0) })),
            ("idp", JSON(org.identity.orgID)),
            ("auth_time", JSON(authTime ?? org.now.seconds)),
        ]
        if let nonce { claims.append(("nonce", JSON(nonce))) }
        if let access { claims.append(("at_hash", JSON(Digests.leftHalf(access)))) }
        let always: Set = ["name", "email", "preferred_username"]
        for (name, value) in UserClaims.all(of: user, scopes: scopes, org)
        where access == nil || always.contains(name) || name == "groups" {
            claims.append((name, value))
        }
        if let server = issuer.serverID {
            let own = ServerClaims(client: client, user: user, scopes: scopes, org: org)
                .claims(of: server, for: .identity, all: access == nil)
            for (name, value) in own where !claims.contains(where: { $0.0 == name }) { claims.append((name, value)) }
        }
        return try issuer.sign(header: ["kid": JSON(issuer.keyID), "alg": "RS256"], JSON(members: claims), org)
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
        var call = call
        call.caller = Caller(id: client.id, name: client.app.text("label") ?? client.id, isApp: true)
        SystemLog.record(
            type, call, &org, targets: user.map { [SystemLog.party($0)] } ?? [], outcome: outcome, reason: reason)
    }
}
#endif
