#if LocalOrg
import OktaRuntime

/// An app as an OAuth client.
struct OAuthClient: Sendable {
    /// The client id, which tokens contain.
    let id: String
    /// The app's id in the API.
    let appID: String
    let app: JSON

    /// Finds the active app with a client id.
    init?(id: String, _ org: OrgState) {
        let table = org.tables[Kinds.apps]
        let names = { (app: JSON) in app.text("credentials.oauthClient.client_id") == id }
        let found = table[id].flatMap { names($0) ? (id, $0) : nil } ?? table.first(where: names)
        guard let (appID, app) = found, app.text("status") == "ACTIVE" else { return nil }
        self.id = id
        self.appID = appID
        self.app = app
    }

    /// The client's authentication method.
    var method: String { app.text("credentials.oauthClient.token_endpoint_auth_method") ?? "client_secret_basic" }

    private func list(_ name: String) -> [String] {
        (app[path: "settings.oauthClient.\(name)"]?.elements ?? []).compactMap(\.string)
    }

    var grantTypes: [String] { list("grant_types") }
    var responseTypes: [String] { list("response_types") }
    var redirectURIs: [String] { list("redirect_uris") }
    var logoutURIs: [String] { list("post_logout_redirect_uris") }

    var requiresPKCE: Bool {
        method == "none" || app[path: "credentials.oauthClient.pkce_required"]?.bool == true
    }

    var bindsTokens: Bool { app[path: "settings.oauthClient.dpop_bound_access_tokens"]?.bool == true }

    var requiresConsent: Bool { app.text("settings.oauthClient.consent_method") == "REQUIRED" }

    /// Whether each use of a refresh token replaces it, and the grace period of the previous one in seconds.
    var rotatesRefreshTokens: Bool { app.text("settings.oauthClient.refresh_token.rotation_type") == "ROTATE" }
    var leeway: Int { app[path: "settings.oauthClient.refresh_token.leeway"]?.int ?? 30 }

    /// Returns the active secrets.
    func secrets(_ org: OrgState) -> [String] {
        let table = org.tables[AppKeys.secrets.kind, of: appID]
        guard table.isEmpty else {
            return table.all.map(\.json).filter { $0.text("status") == "ACTIVE" }
                .compactMap { $0.text("client_secret") }
        }
        return app.text("credentials.oauthClient.client_secret").map { [$0] } ?? []
    }

    /// Returns the active public keys.
    func keys(_ org: OrgState) -> [JSON] {
        (AppJWKs.keys(of: app) + ClientKeys.known(of: self, org)).filter {
            $0.text("status") ?? "ACTIVE" == "ACTIVE" && $0.text("use") != "enc"
        }
    }

    /// Returns whether a user may sign in to the app.
    func isAssigned(_ user: UserRecord, _ org: OrgState) -> Bool {
        app[path: "settings.implicitAssignment"]?.bool == true
            || org.tables[Kinds.appUsers, of: appID][user.id] != nil
            || org.tables[Kinds.appGroups, of: appID].all.contains { group, _ in
                group == org.identity.everyoneID || org.memberships.contains(user.id, in: group)
            }
    }

    func require(grant: String) throws(OAuthRefusal) {
        guard grantTypes.contains(grant) else {
            throw OAuthRefusal(
                "unauthorized_client",
                "The client is not authorized to use the provided grant type. Configured grant types: "
                    + "[\(grantTypes.joined(separator: ", "))].")
        }
    }
}
#endif
