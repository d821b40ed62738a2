import OktaRuntime

/// The OAuth 2.0 clients of the org, as the registration of clients reads them: apps for OpenID Connect under other names,
/// and clients that were registered here.
enum ClientRegistrations {
    private static let kind = "/oauth2/v1/clients"

    private static func shown(_ app: JSON) -> JSON? {
        guard app.text("signOnMode") == "OPENID_CONNECT", let id = app.text("credentials.oauthClient.client_id") else {
            return nil
        }
        let settings = app[path: "settings.oauthClient"] ?? .emptyObject
        var client: JSON = [
            "client_id": JSON(id), "client_id_issued_at": JSON(OrgTime(app.text("created"))?.seconds ?? 0),
            "client_name": app["label"] ?? .null, "client_uri": settings["client_uri"] ?? .null,
            "logo_uri": settings["logo_uri"] ?? .null, "redirect_uris": settings["redirect_uris"] ?? [],
            "response_types": settings["response_types"] ?? [], "grant_types": settings["grant_types"] ?? [],
            "token_endpoint_auth_method": app[path: "credentials.oauthClient.token_endpoint_auth_method"] ?? .null,
            "application_type": settings["application_type"] ?? "web",
        ]
        for name in ["post_logout_redirect_uris", "initiate_login_uri", "jwks", "jwks_uri"] {
            if let value = settings[name] { client[name] = value }
        }
        return client
    }

    private static func rows(_ org: OrgState) -> [(key: String, json: JSON)] {
        let apps = org.tables[Apps.kind].all.compactMap { _, app in shown(app) }
        let rows = (apps + org.tables[kind].all.map(\.json)).compactMap { client in
            client.text("client_id").map { (key: $0, json: client) }
        }
        return rows.sorted { $0.key < $1.key }
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            let name = call.query("q")?.lowercased() ?? ""
            let found = rows(org).filter { $0.json.text("client_name")?.lowercased().hasPrefix(name) ?? name.isEmpty }
            return try PageRule(50).reply(call, found) { $0 }
        },
        Operation("GET", kind + "/{clientId}") { call, org throws(OrgFault) in
            guard let client = rows(org).first(where: { $0.key == call[0] }) else { throw .notFound(call[0], "Client") }
            return .json(client.json)
        },
    ]
}
