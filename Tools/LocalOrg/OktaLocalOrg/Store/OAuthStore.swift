import OktaRuntime

/// What an org remembers of sign-ins. It is part of the state, so that snapshots have it.
enum OAuthStore {
    /// Authorization codes by their text.
    static let codes = "oauth.codes"
    /// Pushed authorization requests by their reference.
    static let requests = "oauth.requests"
    /// Device grants by device code.
    static let devices = "oauth.devices"
    /// Secrets of devices by their text.
    static let deviceSecrets = "oauth.deviceSecrets"
    /// How long one is good, in seconds: 90 days.
    static let deviceLifetime = 7_776_000
    /// The keys that were read from a client's `jwks_uri`, by client.
    static let clientKeys = "oauth.clientKeys"
    /// Refresh tokens by their text.
    static let refreshTokens = "oauth.refreshTokens"
    /// Access tokens by their id, as long as they live.
    static let accessTokens = "oauth.accessTokens"
    /// Ids of revoked tokens.
    static let revoked = "oauth.revoked"
    /// Ids of proofs that were seen.
    static let proofs = "oauth.proofs"

    /// Beyond this, what has expired is removed.
    private static let largest = 4096

    /// Keeps a table small: removes rows whose time is over.
    static func prune(_ kind: String, _ org: inout OrgState, expiry: (JSON) -> Int?) {
        let count = org.tables[kind].count
        guard count >= largest, count.isMultiple(of: largest) else { return }
        for (id, row) in org.tables[kind].all where (expiry(row) ?? 0) < org.now.seconds { org.tables[kind][id] = nil }
    }

    /// Forgets all that a user's sign-ins left: refresh tokens, access tokens, and what leads to new ones.
    static func revokeAll(ofUser user: String, _ org: inout OrgState) {
        revokeRefreshTokens(&org) { $0.text("userId") == user }
        revokeAccessTokens(&org) { $0.text("user") == user }
        for kind in [codes, devices, deviceSecrets] {
            for (id, row) in org.tables[kind].all where row.text("user") == user { org.tables[kind][id] = nil }
        }
    }

    /// Forgets the tokens of a client.
    static func revokeAll(ofClient client: String, _ org: inout OrgState) {
        revokeRefreshTokens(&org) { $0.text("clientId") == client }
        revokeAccessTokens(&org) { $0.text("client") == client }
    }

    /// Revokes a refresh token and every access token that came of it.
    static func revoke(refreshID: String, _ org: inout OrgState) {
        revokeRefreshTokens(&org) { $0.text("id") == refreshID }
        revokeAccessTokens(&org) { $0.text("refresh") == refreshID }
    }

    /// A refresh token as the API shows it, as it is stored; nil for what is none. Its text is not known, so that nobody can
    /// use it.
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
