import OktaRuntime

/// Refresh tokens by app, by custom authorization server and by user, which admins can list, read and revoke.
enum TokenLists {
    private struct Filter {
        var server: String?
        var client: String?
        var user: String?

        func fits(_ row: JSON) -> Bool {
            row["replaced"] == nil && (server == nil || row.text("serverId") == server)
                && (client == nil || row.text("clientId") == client) && (user == nil || row.text("userId") == user)
        }
    }

    private static func rows(_ filter: Filter, _ org: OrgState) -> [(key: String, json: JSON)] {
        org.tables[OAuthStore.refreshTokens].all.map(\.json)
            .filter { filter.fits($0) && $0["ends"]?.int ?? 0 > org.now.seconds }
            .map { ($0.text("id") ?? "", $0) }.sorted { $0.0 < $1.0 }
    }

    private static func shown(_ row: JSON, at path: String, _ call: Call, _ org: OrgState) -> JSON {
        var shown = JSON.emptyObject
        for name in ["id", "status", "created", "lastUpdated", "issuer", "clientId", "userId", "scopes"] {
            if let value = row[name] { shown[name] = value }
        }
        shown["expiresAt"] = JSON(OrgTime(seconds: row["ends"]?.int ?? 0).text)
        let own = JSON("\(call.origin)\(path)/\(row.text("id") ?? "")")
        let (client, user) = (row.text("clientId") ?? "", row.text("userId") ?? "")
        let app =
            org.tables[Kinds.apps].first { $0.text("credentials.oauthClient.client_id") == client }?.json
            ?? org.tables[Kinds.apps][client]
        func link(_ path: String, _ title: JSON?) -> JSON {
            ["href": JSON(call.origin + path), "title": title ?? .null]
        }
        let name = ["firstName", "lastName"].compactMap { org.users[user]?.profile.text($0) }
        var links: JSON = [
            "app": link("/api/v1/apps/\(app?.text("id") ?? client)", app?["label"]),
            "self": ["href": own],
            "revoke": ["href": own, "hints": ["allow": ["DELETE"]]],
            "client": link("/oauth2/v1/clients/\(client)", app?["label"]),
            "user": link("/api/v1/users/\(user)", JSON(name.joined(separator: " "))),
        ]
        if let server = row.text("serverId") {
            let title = org.tables[AuthorizationServers.kind][server]?["name"] ?? JSON(server)
            links["authorizationServer"] = link("\(AuthorizationServers.kind)/\(server)", title)
        }
        shown["_links"] = links
        if call.expands("scope") { shown[path: "_embedded.scopes"] = scopes(of: row, call, org) }
        return shown
    }

    /// Returns a token's scopes as objects; those of its custom server if it has one.
    private static func scopes(of row: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let server = row.text("serverId") ?? ""
        let known = org.tables[AuthorizationServers.scopes.kind, of: server]
        return JSON(
            (row["scopes"]?.elements ?? []).map { name in
                guard let scope = known.first(where: { $0["name"] == name })?.json else { return ["name": name] }
                var shown: JSON = [:]
                for member in ["id", "name", "displayName", "description"] { shown[member] = scope[member] }
                let href = "\(call.origin)\(AuthorizationServers.kind)/\(server)/scopes/\(scope.text("id") ?? "")"
                shown["_links"] = ["scope": ["href": JSON(href), "title": name]]
                return shown
            })
    }

    /// Returns the four operations below a path that ends with `tokens`.
    private static func operations(
        _ path: String, _ filter: @escaping @Sendable (Call, OrgState) throws(OrgFault) -> Filter
    ) -> [Operation] {
        let list = { @Sendable (call: Call) -> String in
            let depth = path.split(separator: "/").count
            return "/" + call.target.segments.prefix(depth).map { PercentText.encoded($0) }.joined(separator: "/")
        }
        return [
            Operation("GET", path) { call, org throws(OrgFault) in
                let rows = rows(try filter(call, org), org)
                let snapshot = org
                return try PageRule(20).response(call, rows) { shown($0, at: list(call), call, snapshot) }
            },
            Operation("DELETE", path) { call, org throws(OrgFault) in
                for row in rows(try filter(call, org), org) { OAuthStore.revoke(refreshID: row.key, &org) }
                return .empty()
            },
            Operation("GET", path + "/{tokenId}") { call, org throws(OrgFault) in
                let found = rows(try filter(call, org), org).first { $0.key == call.last }
                guard let found else { throw notFound(call) }
                return .json(shown(found.json, at: list(call), call, org))
            },
            Operation("DELETE", path + "/{tokenId}") { call, org throws(OrgFault) in
                guard rows(try filter(call, org), org).contains(where: { $0.key == call.last }) else {
                    throw notFound(call)
                }
                OAuthStore.revoke(refreshID: call.last, &org)
                return .empty()
            },
        ]
    }

    private static func notFound(_ call: Call) -> OrgFault {
        .notFound(call.parameters.joined(separator: "."), "OAuth2RefreshTokenTx")
    }

    /// Returns the clients with refresh tokens that a filter selects.
    private static func clients(_ filter: Filter, _ call: Call, _ org: OrgState) -> OrgResponse {
        var seen: Set<String> = []
        return .json(
            JSON(
                rows(filter, org).compactMap { _, row -> JSON? in
                    guard let client = row.text("clientId"), seen.insert(client).inserted else { return .none }
                    let app = org.tables[Kinds.apps].first {
                        $0.text("credentials.oauthClient.client_id") == client
                    }
                    return [
                        "client_id": JSON(client), "client_name": app?.json["label"] ?? .null, "client_uri": .null,
                        "logo_uri": .null,
                        "_links": [
                            "client": ["href": JSON("\(call.origin)/oauth2/v1/clients/\(client)")],
                            "tokens": ["href": JSON("\(call.origin)\(call.target.path)/\(client)/tokens")],
                        ],
                    ]
                }))
    }

    private static func server(_ call: Call, _ org: OrgState) throws(OrgFault) -> String {
        guard org.tables[AuthorizationServers.kind][call[0]] != nil else {
            throw .notFound(call[0], "AuthorizationServer")
        }
        return call[0]
    }

    private static func client(_ id: String, _ org: OrgState) throws(OrgFault) -> String {
        if org.tables[Kinds.apps][id] == nil { _ = try ClientRegistrations.find(id, org) }
        return id
    }

    static let all: [Operation] =
        operations("/api/v1/apps/{appId}/tokens") { call, org throws(OrgFault) in
            let app = try Apps.find(call, org)
            return Filter(client: app.text("credentials.oauthClient.client_id") ?? call[0])
        }
        + operations(AuthorizationServers.kind + "/{authServerId}/clients/{clientId}/tokens") {
            call, org throws(OrgFault) in
            Filter(server: try server(call, org), client: try client(call[1], org))
        }
        + operations("/api/v1/users/{userId}/clients/{clientId}/tokens") { call, org throws(OrgFault) in
            Filter(client: try client(call[1], org), user: try call.user(org).id)
        } + [
            Operation("GET", AuthorizationServers.kind + "/{authServerId}/clients") { call, org throws(OrgFault) in
                clients(Filter(server: try server(call, org)), call, org)
            },
            Operation("GET", "/api/v1/users/{userId}/clients") { call, org throws(OrgFault) in
                clients(Filter(user: try call.user(org).id), call, org)
            },
        ]
}
