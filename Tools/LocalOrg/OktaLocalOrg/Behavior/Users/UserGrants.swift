import OktaRuntime

/// Scopes that users granted to client apps.
enum UserGrants {
    private static let kind = OAuthStore.consents
    private static let path = "/api/v1/users/{userId}"

    /// Removes a user's grants to clients: consents and tokens.
    static func revokeAll(of user: String, _ org: inout OrgState) {
        OAuthStore.revokeAll(ofUser: user, &org)
        OAuthStore.removeConsents(ofUser: user, &org)
    }

    private static func shown(_ json: JSON, _ own: String, _ call: Call, _ user: String) -> JSON {
        let client = json.text("clientId") ?? ""
        var shown = json
        shown["userId"] = JSON(user)
        var links = json["_links"] ?? .emptyObject
        links["app"] = ["href": JSON("\(call.origin)/api/v1/apps/\(client)")]
        links["self"] = ["href": JSON(call.origin + own), "hints": ["allow": ["GET", "DELETE"]]]
        links["client"] = ["href": JSON("\(call.origin)/oauth2/v1/clients/\(client)")]
        links["user"] = ["href": JSON("\(call.origin)/api/v1/users/\(user)")]
        shown["_links"] = links
        if call.expands("scope") { AppGrants.embedScope(in: &shown) }
        return shown
    }

    private static func list(_ rows: [(id: String, json: JSON)], _ call: Call, _ user: String) throws(OrgFault)
        -> OrgResponse
    {
        try PageRule(20, maximum: 200).response(call, rows.map { ($0.id, $0.json) }) { json in
            shown(json, "\(call.target.path)/\(json.text("id") ?? "")", call, user)
        }
    }

    private static func findGrant(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: String, json: JSON) {
        let user = try call.user(org).id
        guard let json = org.tables[kind, of: user][call[1]] else {
            throw .notFound(call[1], "OAuth2ScopeConsentGrant")
        }
        return (user, json)
    }

    static let all: [Operation] = [
        Operation("GET", path + "/grants") { call, org throws(OrgFault) in
            let user = try call.user(org).id
            let scope = call.query("scopeId")
            let rows = org.tables[kind, of: user].all.filter { scope == nil || $0.json.text("scopeId") == scope }
            return try list(rows, call, user)
        },
        Operation("DELETE", path + "/grants") { call, org throws(OrgFault) in
            OAuthStore.removeConsents(ofUser: try call.user(org).id, &org)
            return .empty()
        },
        Operation("GET", path + "/grants/{grantId}") { call, org throws(OrgFault) in
            let (user, json) = try findGrant(call, org)
            return .json(shown(json, call.target.path, call, user))
        },
        Operation("DELETE", path + "/grants/{grantId}") { call, org throws(OrgFault) in
            let (user, _) = try findGrant(call, org)
            org.tables[kind, of: user][call[1]] = nil
            return .empty()
        },
        Operation("GET", path + "/clients/{clientId}/grants") { call, org throws(OrgFault) in
            let user = try call.user(org).id
            return try list(OAuthStore.consents(ofUser: user, toClient: call[1], org), call, user)
        },
        Operation("DELETE", path + "/clients/{clientId}/grants") { call, org throws(OrgFault) in
            let user = try call.user(org).id
            OAuthStore.removeConsents(ofUser: user, toClient: call[1], &org)
            return .empty()
        },
    ]
}
