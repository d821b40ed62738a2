#if LocalOrg
import OktaRuntime

/// The token endpoint: authenticates the client, verifies its proof, and dispatches the request to its grant.
enum TokenEndpoint {
    /// The data that all grants need.
    struct Request {
        let form: OAuthForm
        let client: OAuthClient
        let issuer: Issuer
        let call: Call
        /// The thumbprint of the proof's key; nil for bearer tokens.
        let thumbprint: String?
    }

    static func respond(to call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        if org.isOpen, form["client_assertion"] == nil, call.request.header("authorization") == nil {
            return try respondWithoutCredentials(to: form, issuer, call, &org)
        }
        let endpoint = issuer.base + "/v1/token"
        let client = try ClientAuthenticationCheck.client(call, form, endpoint: endpoint, &org)
        let grant = try form.required("grant_type")
        let thumbprint = try thumbprint(call, client, &org)
        let request = Request(form: form, client: client, issuer: issuer, call: call, thumbprint: thumbprint)
        switch grant {
        case "client_credentials": return try clientCredentials(request, &org)
        case "authorization_code": return try CodeGrant.respond(to: request, &org)
        case "refresh_token": return try refresh(request, &org)
        case "password": return try password(request, &org)
        case DeviceGrant.name: return try DeviceGrant.respond(to: request, &org)
        case BackchannelGrant.name:
            return try DeviceGrant.respond(to: request, code: "auth_req_id", grant: grant, &org)
        case TokenExchange.name: return try TokenExchange.respond(to: request, &org)
        case IdentityAssertion.grant: return try IdentityAssertion.respond(to: request, &org)
        case DirectAuthentication.passcode: return try DirectAuthentication.respond(toPasscode: request, &org)
        case DirectAuthentication.outOfBand: return try DirectAuthentication.respond(toOutOfBand: request, &org)
        case SecondFactor.passcode: return try SecondFactor.respond(toPasscode: request, &org)
        case SecondFactor.outOfBand: return try SecondFactor.respond(toOutOfBand: request, &org)
        default: throw OAuthRefusal("unsupported_grant_type", "The grant type in the request isn't supported.")
        }
    }

    /// Returns the thumbprint of a required proof. Only clients with DPoP-bound tokens need one; Okta ignores the
    /// proofs of others.
    private static func thumbprint(
        _ call: Call, _ client: OAuthClient, _ org: inout OrgState
    ) throws(OAuthRefusal) -> String? {
        guard client.bindsTokens else { return nil }
        guard let proof = try DPoPCheck.proof(in: call.request) else {
            throw OAuthRefusal("invalid_dpop_proof", "The DPoP proof JWT header is missing.")
        }
        return try DPoPCheck(call).thumbprint(proof, token: nil, needsNonce: true, &org)
    }

    // MARK: Grants without a browser

    private static func clientCredentials(_ request: Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse
    {
        let client = request.client
        try client.require(grant: "client_credentials")
        if request.issuer.isOrg, client.method != "private_key_jwt" {
            throw .invalidClient(
                "Client Credentials requests to the Org Authorization Server must use the private_key_jwt "
                    + "token_endpoint_auth_method.")
        }
        guard client.method != "none" else { throw .invalidClient("No client credentials found.") }
        let scopes = try OAuthScopes.granted(
            request.form.list("scope"), to: client, by: request.issuer, hasUser: false, org)
        return try issue(request, nil, scopes, grant: "client_credentials", &org)
    }

    private static func password(_ request: Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: "password")
        let name = try request.form.required("username")
        let password = try request.form.required("password")
        guard let user = org.users.withLogin(name), user.status == .active, user.credentials.password == password
        else { throw .invalidGrant("The credentials provided were invalid.") }
        guard request.client.isAssigned(user, org) else { throw .notAssigned }
        let scopes = try OAuthScopes.granted(
            request.form.list("scope"), to: request.client, by: request.issuer, hasUser: true, org)
        try SecondFactor.require(after: "pwd", request, user, scopes, &org)
        return try issue(request, user, scopes, grant: "password", authTime: org.now.seconds, &org)
    }

    private static func refresh(_ request: Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let client = request.client
        try client.require(grant: "refresh_token")
        let text = try request.form.required("refresh_token")
        let expired = RefreshToken.expired
        guard let token = RefreshToken(text, org), token.clientID == client.id,
            token.serverID == request.issuer.serverID
        else { throw expired }
        guard !token.isReused(client, org.now) else {
            OAuthStore.revoke(refreshID: token.id, &org)
            throw expired
        }
        if let thumbprint = token.thumbprint, thumbprint != request.thumbprint {
            throw OAuthRefusal("invalid_dpop_proof", "The DPoP proof JWT is not of the key that the token is bound to.")
        }
        guard let user = org.users[token.userID], user.status == .active, client.isAssigned(user, org) else {
            throw expired
        }
        let wanted = request.form.list("scope")
        guard wanted.allSatisfy(token.scopes.contains) else {
            throw .invalidScope("The requested scope exceeds that of the refresh token.")
        }
        return try issue(
            request, user, wanted.isEmpty ? token.scopes : wanted, grant: "refresh_token", authTime: token.authTime,
            refresh: token, &org)
    }

    /// Evaluates the server's policies and issues the tokens.
    ///
    /// - Parameter parameters: Those of the authorization request, if the token request continues one.
    static func issue(
        _ request: Request, _ user: UserRecord?, _ scopes: [String], grant: String, authTime: Int? = nil,
        nonce: String? = nil, code: String? = nil, refresh: RefreshToken? = nil, methods: [String] = ["pwd"],
        parameters: JSON? = nil, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        let verdict: ServerPolicies.Verdict
        do throws(OAuthRefusal) {
            verdict = try ServerPolicies.verdict(
                request.client, user, grant: refresh?.grant ?? grant, scopes, request.issuer, org)
        } catch {
            OAuthLog.record(
                "app.oauth2.as.token.grant", request.client, user, outcome: "FAILURE", reason: "no_matching_policy",
                request.call, &org)
            throw error
        }
        let issue = TokenIssue(
            client: request.client, user: user, scopes: scopes, verdict: verdict, grant: grant,
            isSignIn: refresh == nil && grant != TokenExchange.name, authTime: authTime, nonce: nonce, methods: methods,
            thumbprint: request.thumbprint, code: code, refresh: refresh,
            issuedType: grant == TokenExchange.name ? TokenExchange.accessToken : nil,
            parameters: parameters ?? TokenHookRequest.parameters(request.form, of: request.client))
        return try issue.response(of: request.issuer, request.call, &org)
    }

    // MARK: Orgs without authentication

    /// Responds to a request at an org that requires no token: it requires no client credentials either, and grants the
    /// requested scopes. A proof of possession binds the token to its key.
    private static func respondWithoutCredentials(
        to form: OAuthForm, _ issuer: Issuer, _ call: Call, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        let id = form["client_id"] ?? "local"
        let proof = try DPoPCheck.proof(in: call.request)
        var claims: JSON = [
            "ver": 1, "jti": JSON("AT." + org.ids.key(43)), "iss": JSON(issuer.url), "aud": JSON(issuer.audience),
            "iat": JSON(org.now.seconds), "exp": JSON(org.now.seconds + 3600), "cid": JSON(id),
            "scp": JSON(form.list("scope").map { JSON($0) }), "sub": JSON(id),
        ]
        if let proof {
            let thumbprint = try DPoPCheck(call).thumbprint(proof, token: nil, needsNonce: true, &org)
            claims["cnf"] = ["jkt": JSON(thumbprint)]
        }
        let token = try issuer.sign(header: ["kid": JSON(issuer.keyID), "alg": "RS256"], claims, org)
        return OAuthResponse.json(
            JSON(members: [
                ("token_type", proof == nil ? "Bearer" : "DPoP"), ("expires_in", 3600), ("access_token", JSON(token)),
                ("scope", JSON(form.list("scope").joined(separator: " "))),
            ]))
    }
}
#endif
