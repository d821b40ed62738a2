import OktaRuntime

/// The OAuth tables of an org. They are part of the state, so snapshots include them.
enum OAuthStore {
    /// Authorization codes by their text.
    static let codes = "oauth.codes"
    /// Pushed authorization requests by their `request_uri`.
    static let requests = "oauth.requests"
    /// Device grants by device code.
    static let devices = "oauth.devices"
    /// Device secrets by their text.
    static let deviceSecrets = "oauth.deviceSecrets"
    /// The lifetime of a device secret in seconds: 90 days.
    static let deviceLifetime = 7_776_000
    /// Keys from the `jwks_uri` of clients, by client.
    static let clientKeys = "oauth.clientKeys"
    /// Refresh tokens by their text.
    static let refreshTokens = "oauth.refreshTokens"
    /// Access tokens by their id, until they expire.
    static let accessTokens = "oauth.accessTokens"
    /// Ids of revoked tokens.
    static let revoked = "oauth.revoked"
    /// Ids of used proofs.
    static let proofs = "oauth.proofs"
    /// The consents of users to scopes of clients, by user.
    static let consents = "/api/v1/users/{}/grants"

    /// The table size above which expired rows are removed.
    private static let cleanupThreshold = 4096

    /// Removes expired rows from a large table.
    static func prune(_ kind: String, _ org: inout OrgState, expiry: (JSON) -> Int?) {
        let count = org.tables[kind].count
        guard count >= cleanupThreshold, count.isMultiple(of: cleanupThreshold) else { return }
        for (id, row) in org.tables[kind].all where (expiry(row) ?? 0) < org.now.seconds { org.tables[kind][id] = nil }
    }

    /// Revokes a user's refresh and access tokens, and removes the user's codes, device grants and device secrets.
    static func revokeAll(ofUser user: String, _ org: inout OrgState) {
        revokeRefreshTokens(&org) { $0.text("userId") == user }
        revokeAccessTokens(&org) { $0.text("user") == user }
        for kind in [codes, devices, deviceSecrets] {
            for (id, row) in org.tables[kind].all where row.text("user") == user { org.tables[kind][id] = nil }
        }
    }

    /// Revokes the tokens of a client.
    static func revokeAll(ofClient client: String, _ org: inout OrgState) {
        revokeRefreshTokens(&org) { $0.text("clientId") == client }
        revokeAccessTokens(&org) { $0.text("client") == client }
    }

    /// Removes a user's consents to all clients.
    static func removeConsents(ofUser user: String, _ org: inout OrgState) {
        for (id, _) in org.tables[consents, of: user].all { org.tables[consents, of: user][id] = nil }
    }

    /// Removes all users' consents to a client.
    static func removeConsents(toClient client: String, _ org: inout OrgState) {
        for user in org.tables.parents(ofKind: consents) { removeConsents(ofUser: user, toClient: client, &org) }
    }

    /// Removes a user's consents to a client.
    static func removeConsents(ofUser user: String, toClient client: String, _ org: inout OrgState) {
        for (id, _) in consents(ofUser: user, toClient: client, org) { org.tables[consents, of: user][id] = nil }
    }

    /// Returns a user's consents to a client.
    static func consents(
        ofUser user: String, toClient client: String, _ org: OrgState
    ) -> [(id: String, json: JSON)] {
        org.tables[consents, of: user].all.filter { $0.json.text("clientId") == client }
    }

    /// Revokes a refresh token and the access tokens issued with it.
    static func revoke(refreshID: String, _ org: inout OrgState) {
        revokeRefreshTokens(&org) { $0.text("id") == refreshID }
        revokeAccessTokens(&org) { $0.text("refresh") == refreshID }
    }

    /// Returns the stored form of a refresh token in the form of the API; nil if it is invalid. Its text is unknown,
    /// so it cannot be used.
    static func adopted(_ json: JSON) -> JSON? {
        guard json["clientId"] != nil, json["userId"] != nil, json["scopes"] != nil else { return nil }
        var row = json
        row.remove(["_links", "_embedded"])
        row["ends"] = JSON(OrgTime(json.text("expiresAt"))?.seconds ?? .max)
        let issuer = json.text("issuer")?.split(separator: "/").map(String.init) ?? []
        if issuer.dropLast().last == "oauth2", let server = issuer.last { row["serverId"] = JSON(server) }
        return row
    }

    private static func revokeRefreshTokens(_ org: inout OrgState, where isMeant: (JSON) -> Bool) {
        for (text, row) in org.tables[refreshTokens].all where isMeant(row) { org.tables[refreshTokens][text] = nil }
    }

    private static func revokeAccessTokens(_ org: inout OrgState, where isMeant: (JSON) -> Bool) {
        for (id, row) in org.tables[accessTokens].all where isMeant(row) {
            org.tables[revoked][id] = row["exp"] ?? .null
            org.tables[accessTokens][id] = nil
        }
    }
}
