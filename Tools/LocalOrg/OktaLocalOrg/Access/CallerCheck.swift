import OktaRuntime

/// Identifies the caller of a request and checks whether the caller may perform the operation.
struct CallerCheck: Sendable {
    /// The accepted API tokens; if empty, any token is accepted.
    let tokens: Set<String>
    let requiresToken: Bool

    // MARK: Identification

    /// Returns the caller of a request.
    ///
    /// - Parameter operation: The operation of the request; nil if its path or method is unknown.
    func caller(
        _ request: LocalRequest, _ path: String, _ operation: Operation?, origin: String, _ org: inout OrgState
    ) throws(OrgFault) -> Caller {
        // A browser's session cookie gives access only to the user's own `/users/me`.
        let browser = request.header("authorization") == nil ? Sessions.current(request, org) : nil
        if let browser, path == "/api/v1/users/me" || path.hasPrefix("/api/v1/users/me/") {
            return Self.user(browser.user.id, org)
        }
        guard requiresToken, !Self.isPublic(path, operation) else { return Self.admin(org) }
        guard browser == nil else { throw .accessDenied }
        if let token = APITokens.text(of: request) { return try apiToken(token, org) }
        #if LocalOrg
        if let credentials = BearerToken.credentials(in: request) {
            return try accessToken(credentials, request, path, operation, origin, &org)
        }
        #endif
        throw .invalidToken
    }

    private static let publicStarts = ["/.well-known/", SignIn.path + "/", "/home/", "/app/", "/login/", "/enduser/"]
    private static let publicPaths: Set = [SignIn.path, SecurityEvents.tokenPath, "/"]
    /// Operations that check a session token or a cookie themselves.
    private static let publicOperations: Set = Set(["POST /api/v1/sessions"] + Sessions.ownSession.map(\.name))

    /// Returns whether an operation needs no token: sign-in, discovery documents, and endpoints that authenticate the
    /// client otherwise.
    private static func isPublic(_ path: String, _ operation: Operation?) -> Bool {
        if publicPaths.contains(path) || publicStarts.contains(where: path.hasPrefix) { return true }
        if let operation, publicOperations.contains(operation.name) { return true }
        guard path.hasPrefix("/oauth2/") else { return false }
        guard let need = operation.flatMap({ ScopeCatalog.need(of: $0) }) else {
            // Browser endpoints have no entry in the catalog. Client roles have none either, but need a token.
            return operation.map { !$0.path.hasPrefix("/oauth2/v1/clients") } ?? true
        }
        // The userinfo endpoint checks its token itself, since it accepts tokens of all authorization servers.
        return need.authorization != .token && need.authorization != .apiToken
            && need.scopes.allSatisfy { $0 == "openid" }
    }

    private static func admin(_ org: OrgState) -> Caller { user(org.identity.adminID, org) }

    private static func user(_ id: String, _ org: OrgState) -> Caller {
        Caller(id: id, name: org.users[id]?.profile.text("login") ?? "admin")
    }

    /// Returns the caller of an API token. A token in the org's list acts for its user, and only while the user is
    /// active. Any other accepted token acts for the admin.
    private func apiToken(_ token: String, _ org: OrgState) throws(OrgFault) -> Caller {
        guard !token.isEmpty, org.tables[APITokens.revoked][token] == nil else { throw .invalidToken }
        let table = org.tables["/api/v1/api-tokens"]
        if let known = table.first(where: { $0.text("token") == token }) {
            guard let id = known.json.text("userId"), let user = org.users[id], user.status == .active else {
                throw .invalidToken
            }
            return Self.user(id, org)
        }
        guard tokens.isEmpty || tokens.contains(token) else { throw .invalidToken }
        return Self.admin(org)
    }

    #if LocalOrg
    // MARK: Access tokens

    private func accessToken(
        _ credentials: (scheme: String, token: String), _ request: LocalRequest, _ path: String,
        _ operation: Operation?, _ origin: String, _ org: inout OrgState
    ) throws(OrgFault) -> Caller {
        let challenge = Challenge(
            scheme: credentials.scheme, origin: origin, path: path,
            scopes: operation.flatMap { ScopeCatalog.need(of: $0)?.scopes } ?? [])
        let issuer = Issuer(ofOrg: origin, &org)
        guard let token = BearerToken(credentials.token, of: issuer, org) else {
            throw challenge.fault(.invalidToken, "invalid_token", "The token is invalid.")
        }
        do throws(OAuthRefusal) {
            try token.checkBinding(scheme: credentials.scheme, request, origin: origin, &org)
        } catch {
            throw challenge.fault(.invalidToken, error.error, error.description)
        }
        var caller: Caller
        if let user = token.user {
            caller = Self.user(user.id, org)
        } else {
            caller = Caller(
                id: token.client.id, name: token.client.app.text("label") ?? token.client.id, isApp: true)
        }
        caller.scopes = token.scopes
        return caller
    }
    #endif

    // MARK: Permissions

    /// Throws if the scopes of the caller's token do not permit an operation. API tokens have no scopes: they have the
    /// permissions of their user.
    func check(_ caller: Caller, may operation: Operation, _ path: String, origin: String) throws(OrgFault) {
        guard let scopes = caller.scopes, let need = ScopeCatalog.need(of: operation) else { return }
        if need.authorization == .anonymous || need.authorization == .client { return }
        guard need.authorization != .apiToken, ScopeCatalog.permits(scopes, need) else {
            throw Challenge(scheme: "bearer", origin: origin, path: path, scopes: need.scopes).fault(
                .accessDenied, "insufficient_scope", "The access token provided does not contain the required scopes.")
        }
    }
}

/// The `WWW-Authenticate` header of a rejected request, which states what the token lacks.
struct Challenge {
    let scheme: String
    let origin: String
    let path: String
    let scopes: [String]

    func fault(_ fault: OrgFault, _ error: String, _ description: String) -> OrgFault {
        var fault = fault
        // Okta writes `http` here, even if the caller used `https`.
        let host = origin.firstRange(of: "://").map { "http://" + origin[$0.upperBound...] } ?? origin
        let algorithms = "RS256 RS384 RS512 ES256 ES384 ES512"
        let start =
            scheme == "dpop" || error == "invalid_dpop_proof" ? "DPoP algs=\"\(algorithms)\", " : "Bearer "
        fault.headers = [
            (
                "www-authenticate",
                start + "authorization_uri=\"\(host)/oauth2/v1/authorize\", realm=\"\(host)\", "
                    + "scope=\"\(scopes.joined(separator: " "))\", error=\"\(error)\", "
                    + "error_description=\"\(description)\", resource=\"\(path)\""
            )
        ]
        return fault
    }
}
