import OktaRuntime

/// What an org remembers of sign-ins. It is part of the state, so that snapshots have it.
enum OAuthStore {
    /// Authorization codes by their text.
    static let codes = "oauth.codes"
    /// Pushed authorization requests by their reference.
    static let requests = "oauth.requests"
    /// Device grants by device code.
    static let devices = "oauth.devices"
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

    /// Revokes a refresh token and every access token that came of it.
    static func revoke(refreshID: String, _ org: inout OrgState) {
        for (text, row) in org.tables[refreshTokens].all where row.text("id") == refreshID {
            org.tables[refreshTokens][text] = nil
        }
        for (id, row) in org.tables[accessTokens].all where row.text("refresh") == refreshID {
            org.tables[revoked][id] = row["exp"] ?? .null
            org.tables[accessTokens][id] = nil
        }
    }
}
