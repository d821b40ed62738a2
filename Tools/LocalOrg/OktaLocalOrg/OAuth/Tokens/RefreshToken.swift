#if LocalOrg
import OktaRuntime

/// An opaque refresh token with its data.
struct RefreshToken {
    let text: String
    let json: JSON

    /// The token's id in the API. Rotation keeps it.
    var id: String { json.text("id") ?? "" }
    var clientID: String { json.text("clientId") ?? "" }
    var userID: String { json.text("userId") ?? "" }
    var scopes: [String] { (json["scopes"]?.elements ?? []).compactMap(\.string) }
    /// The id of the custom server that issued the token; nil for the org authorization server.
    var serverID: String? { json.text("serverId") }
    var thumbprint: String? { json.text("jkt") }
    /// The grant that the token continues; its policy rules apply.
    var grant: String { json.text("grant") ?? "authorization_code" }
    var authTime: Int? { json["authTime"]?.int }

    /// The refusal of an unknown token.
    static let expired = OAuthRefusal.invalidGrant("The refresh token is invalid or expired.")

    /// Finds a valid token; nil if there is none with this text.
    init?(_ text: String, _ org: OrgState) {
        guard let json = org.tables[OAuthStore.refreshTokens][text] else { return nil }
        self.text = text
        self.json = json
        guard let end = json["ends"]?.int, end > org.now.seconds else { return nil }
    }

    /// Stores a new token and returns its text.
    static func create(id: String, _ issue: TokenIssue, _ issuer: Issuer, _ org: inout OrgState) -> String {
        let lifetime = issue.verdict.refreshLifetime
        let json: JSON = [
            "id": JSON(id), "status": "ACTIVE", "created": JSON(org.now.text),
            "lastUpdated": JSON(org.now.text), "issuer": JSON(issuer.url), "grant": JSON(issue.grant),
            "clientId": JSON(issue.client.id),
            "userId": issue.user.map { JSON($0.id) } ?? .null, "scopes": JSON(issue.scopes.map { JSON($0) }),
            "serverId": issuer.serverID.map { JSON($0) } ?? .null, "jkt": issue.thumbprint.map { JSON($0) } ?? .null,
            "authTime": issue.authTime.map { JSON($0) } ?? .null, "parameters": issue.parameters,
            "lastEnd": lifetime == 0 ? .null : JSON(org.now.seconds + lifetime),
            "ends": JSON(end(lifetime == 0 ? nil : org.now.seconds + lifetime, issue.verdict, org)),
        ]
        let text = org.ids.key(43)
        org.tables[OAuthStore.refreshTokens][text] = json
        return text
    }

    /// Returns the expiry: the end of the idle lifetime, or of the total lifetime if that is earlier.
    private static func end(_ last: Int?, _ verdict: ServerPolicies.Verdict, _ org: OrgState) -> Int {
        min(org.now.seconds + verdict.refreshWindow, last ?? .max)
    }

    /// Records a use.
    ///
    /// - Returns: The token for the next use: the same one, or a new one if the app rotates them.
    func next(_ client: OAuthClient, _ verdict: ServerPolicies.Verdict, _ org: inout OrgState) -> String {
        var row = json
        row["lastUpdated"] = JSON(org.now.text)
        row["ends"] = JSON(Self.end(json["lastEnd"]?.int, verdict, org))
        guard client.rotatesRefreshTokens else {
            org.tables[OAuthStore.refreshTokens][text] = row
            return text
        }
        // A client that did not receive the response may reuse the old token within the grace period.
        var old = json
        if old["replaced"] == nil { old["replaced"] = JSON(org.now.seconds) }
        org.tables[OAuthStore.refreshTokens][text] = old
        let next = org.ids.key(43)
        org.tables[OAuthStore.refreshTokens][next] = row
        return next
    }

    /// Returns whether a replaced token is used after its grace period, which suggests theft.
    func isReused(_ client: OAuthClient, _ now: OrgTime) -> Bool {
        guard let replaced = json["replaced"]?.int else { return false }
        // Without a grace period, the response with the new token ends the old one.
        return client.leeway == 0 || now.seconds > replaced + client.leeway
    }
}
#endif
