#if LocalOrg
import OktaRuntime

/// The scopes of both kinds of authorization servers, and the rules for granting them.
enum OAuthScopes {
    /// The OpenID Connect scopes of the org authorization server.
    static let openID = ["openid", "profile", "email", "address", "phone", "offline_access", "groups", "device_sso"]

    /// Returns the granted scopes of a request.
    ///
    /// - Parameters:
    ///   - requested: The requested scopes.
    ///   - hasUser: Whether a user signs in. Otherwise, scopes about users are an error.
    static func granted(
        _ requested: [String], to client: OAuthClient, by issuer: Issuer, hasUser: Bool, _ org: OrgState
    ) throws(OAuthRefusal) -> [String] {
        guard let server = issuer.serverID else { return try ofOrg(requested, client, hasUser: hasUser, org) }
        return try ofServer(requested, server, hasUser: hasUser, org)
    }

    // MARK: Org authorization server

    /// Returns the scopes of the org authorization server. Scopes of Okta's API require a grant to the app: those
    /// without one are dropped, and an error results if none remains.
    private static func ofOrg(
        _ requested: [String], _ client: OAuthClient, hasUser: Bool, _ org: OrgState
    ) throws(OAuthRefusal) -> [String] {
        guard !requested.isEmpty else { throw .invalidScope("No scopes were requested.") }
        for scope in requested {
            if openID.contains(scope) {
                guard hasUser else { throw .unknownScope }
            } else if !scope.hasPrefix("okta.") {
                throw .invalidScope("Custom scopes are not allowed for this request.")
            } else if !ScopeCatalog.all.contains(scope) {
                throw .unknownScope
            }
        }
        let grants = Set(
            org.tables[AppGrants.resource.kind, of: client.appID].all.map(\.json)
                .filter { $0.text("status") ?? "ACTIVE" == "ACTIVE" }.compactMap { $0.text("scopeId") })
        let granted = requested.filter { openID.contains($0) || grants.contains($0) }
        guard !granted.isEmpty else {
            throw OAuthRefusal("consent_required", "You are not allowed any of the requested scopes.")
        }
        return granted
    }

    // MARK: Custom authorization servers

    private static func ofServer(
        _ requested: [String], _ server: String, hasUser: Bool, _ org: OrgState
    ) throws(OAuthRefusal) -> [String] {
        let known = org.tables[AuthorizationServers.scopes.kind, of: server].all.map(\.json)
        guard !requested.isEmpty else {
            let defaults = known.filter { $0["default"]?.bool == true }.compactMap { $0.text("name") }
            guard !defaults.isEmpty else {
                throw .invalidScope(
                    "The authorization server resource does not have any configured default scopes, 'scope' must be "
                        + "provided.")
            }
            return defaults
        }
        for name in requested {
            // Every server supports `device_sso`, although no list shows it.
            guard let scope = known.first(where: { $0.text("name") == name }) else {
                guard name == "device_sso", hasUser else { throw .unknownScope }
                continue
            }
            if !hasUser, scope["system"]?.bool == true { throw .unknownScope }
        }
        return requested
    }

    /// Returns the scopes that need a user's consent.
    static func needingConsent(
        _ scopes: [String], _ client: OAuthClient, _ issuer: Issuer, _ org: OrgState
    ) -> [JSON] {
        guard let server = issuer.serverID else { return [] }
        return org.tables[AuthorizationServers.scopes.kind, of: server].all.map(\.json).filter { scope in
            guard let name = scope.text("name"), scopes.contains(name) else { return false }
            let consent = scope.text("consent")
            return consent == "REQUIRED" && client.requiresConsent || consent == "ADMIN"
        }
    }
}
#endif
