#if LocalOrg
import OktaRuntime

/// Token exchange (RFC 8693): a service exchanges a user's access token for another one on behalf of the user. Native
/// SSO: an ID token and a device secret are exchanged for tokens of another app.
enum TokenExchange {
    static let name = "urn:ietf:params:oauth:grant-type:token-exchange"
    static let accessToken = "urn:ietf:params:oauth:token-type:access_token"
    static let idToken = "urn:ietf:params:oauth:token-type:id_token"
    private static let deviceSecret = "urn:x-oath:params:oauth:token-type:device-secret"

    static func respond(to request: TokenEndpoint.Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: name)
        let requested = request.form["requested_token_type"] ?? accessToken
        if requested == IdentityAssertion.tokenType { return try IdentityAssertion.issue(request, &org) }
        guard requested == accessToken else {
            throw .invalidRequest("The 'requested_token_type' parameter is not supported: \(requested).")
        }
        let type = try request.form.required("subject_token_type")
        let subject = try request.form.required("subject_token")
        switch (type, request.form["actor_token_type"]) {
        case (accessToken, nil): return try onBehalf(of: subject, request, &org)
        case (idToken, deviceSecret?): return try withDevice(subject, request, &org)
        default:
            throw .invalidRequest(
                "The 'subject_token_type' and 'actor_token_type' parameters are not supported together.")
        }
    }

    // MARK: On-behalf-of exchange

    /// Exchanges a subject token of this server, or of a server that it trusts.
    private static func onBehalf(
        of text: String, _ request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        guard let server = request.issuer.serverID else {
            throw .invalidRequest("Access tokens are exchanged at custom authorization servers only.")
        }
        let audiences = (org.tables[AuthorizationServers.kind][server]?["audiences"]?.elements ?? []).compactMap(
            \.string)
        guard audiences.contains(try request.form.required("audience")) else {
            throw OAuthRefusal("invalid_target", "The 'audience' parameter is not an audience of the server.")
        }
        guard let subject = trusted(text, request, &org), let user = subject.user else {
            throw .invalidGrant("The 'subject_token' is invalid.")
        }
        return try issue(request, user, subject.token.seconds("auth_time"), &org)
    }

    private static func trusted(
        _ text: String, _ request: TokenEndpoint.Request, _ org: inout OrgState
    ) -> BearerToken? {
        if let token = BearerToken(text, of: request.issuer, org) { return token }
        let servers = org.tables[AuthorizationServers.associatedKind, of: request.issuer.serverID ?? ""].all.map(\.id)
        for server in servers {
            var call = request.call
            call.parameters = [server]
            guard let issuer = try? Issuer(call, &org) else { continue }
            if let token = BearerToken(text, of: issuer, org) { return token }
        }
        return nil
    }

    // MARK: Native SSO

    /// Exchanges an ID token, which may have expired, and a device secret.
    private static func withDevice(
        _ text: String, _ request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        guard let secret = DeviceSecret(try request.form.required("actor_token"), of: request.issuer, org) else {
            throw .invalidGrant("The 'actor_token' is invalid or has expired.")
        }
        guard let token = request.issuer.token(text, org), token.claims.text("jti")?.hasPrefix("ID.") == true,
            let user = org.users[token.claims.text("sub") ?? ""], user.id == secret.userID
        else { throw .invalidGrant("The 'subject_token' is invalid.") }
        return try issue(request, user, secret.authTime, &org)
    }

    private static func issue(
        _ request: TokenEndpoint.Request, _ user: UserRecord, _ authTime: Int?, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        guard user.status == .active else { throw .invalidGrant("The 'subject_token' is invalid.") }
        // Only an app that users sign in to needs an assignment; a service does not.
        let isService = request.client.app.text("settings.oauthClient.application_type") == "service"
        guard isService || request.client.isAssigned(user, org) else { throw .notAssigned }
        let scopes = try OAuthScopes.granted(
            request.form.list("scope"), to: request.client, by: request.issuer, hasUser: true, org)
        return try TokenEndpoint.issue(request, user, scopes, grant: name, authTime: authTime, &org)
    }
}
#endif
