import OktaRuntime

/// The org's OAuth 2.0 clients: its OpenID Connect apps under the names of client registration (RFC 7591). A
/// registered client is such an app, and can be read, changed, deleted and used as one.
enum ClientRegistrations {
    private static let path = "/oauth2/v1/clients"
    static let kind = path

    // MARK: Clients and their apps

    /// Returns the app of a client.
    static func find(_ id: String, _ org: OrgState) throws(OrgFault) -> (appID: String, app: JSON) {
        let names = { (app: JSON) in app.text("credentials.oauthClient.client_id") == id }
        let table = org.tables[Kinds.apps]
        if let app = table[id], names(app) { return (id, app) }
        guard let found = table.first(where: names) else { throw .notFound(id, "PublicClientApp") }
        return (found.id, found.json)
    }

    /// Settings with the same name in both forms.
    private static let shared = [
        "client_uri", "logo_uri", "tos_uri", "policy_uri", "redirect_uris", "post_logout_redirect_uris",
        "response_types", "grant_types", "application_type", "initiate_login_uri", "jwks", "jwks_uri",
        "frontchannel_logout_uri", "frontchannel_logout_session_required", "id_token_encrypted_response_alg",
        "request_object_signing_alg",
    ]
    /// Settings that are shown only if they are set.
    private static let optional = Set(shared).subtracting([
        "client_uri", "logo_uri", "redirect_uris", "response_types", "grant_types", "application_type",
    ])

    private static func shown(_ app: JSON, secret: Bool = false) -> JSON {
        let settings = app[path: "settings.oauthClient"] ?? .emptyObject
        let credentials = app[path: "credentials.oauthClient"] ?? .emptyObject
        let method = credentials.text("token_endpoint_auth_method") ?? "client_secret_basic"
        var client: JSON = [
            "client_id": credentials["client_id"] ?? .null,
            "client_id_issued_at": JSON(OrgTime(app.text("created"))?.seconds ?? 0),
        ]
        if method.hasPrefix("client_secret") { client["client_secret_expires_at"] = 0 }
        if secret, let text = credentials["client_secret"] { client["client_secret"] = text }
        client["client_name"] = app["label"] ?? .some(.null)
        client["token_endpoint_auth_method"] = JSON(method)
        for name in shared {
            let value = settings[name] ?? .null
            if value.kind != .null || !optional.contains(name) { client[name] = value }
        }
        for name in ["redirect_uris", "response_types", "grant_types"] where client[name]?.kind == .null {
            client[name] = []
        }
        if let keys = client[path: "jwks.keys"]?.elements {
            client[path: "jwks.keys"] = JSON(
                keys.map { key in
                    var key = key
                    key.remove(["id", "status"])
                    return key
                })
        }
        return client
    }

    // MARK: Checks

    private static func texts(_ json: JSON, _ name: String) -> [String] {
        (json[name]?.elements ?? []).compactMap(\.string)
    }

    /// Returns a registration with defaults for the members that it omits.
    private static func checked(_ body: JSON) throws(OrgFault) -> JSON {
        try Checks.text("client_name", of: body)
        var client = body
        for (name, value) in body.members ?? [] where value.kind == .null { client[name] = nil as JSON? }
        client.fill(from: ["application_type": "web", "token_endpoint_auth_method": "client_secret_basic"])
        let isService = client.text("application_type") == "service"
        client.fill(from: [
            "grant_types": isService ? ["client_credentials"] : ["authorization_code"],
            "response_types": isService ? ["token"] : ["code"],
        ])
        try Checks.choice("application_type", of: client, ["web", "native", "browser", "service"])
        let grants = texts(client, "grant_types")
        if ["web", "native"].contains(client.text("application_type") ?? ""), !grants.contains("authorization_code") {
            throw .invalid("grant_types", "grant_types: Web and native clients must have at least authorization_code.")
        }
        let redirects = texts(client, "redirect_uris")
        if redirects.isEmpty, !grants.contains("password"), !grants.contains("client_credentials") {
            throw .invalid("redirect_uris", Checks.blank("redirect_uris"))
        }
        for uri in redirects where !uri.contains(":") || uri.contains("#") {
            throw .invalid("redirect_uris", "redirect_uris: '\(uri)' must be an absolute URI without a fragment.")
        }
        return client
    }

    /// Returns the body of the app that a registration describes, merged over the existing app.
    private static func app(_ client: JSON, over previous: JSON?) -> JSON {
        var app = previous ?? ["name": "oidc_client", "signOnMode": "OPENID_CONNECT"]
        app["label"] = client["client_name"]
        // Clients that register themselves are not trusted by default.
        var settings = previous?[path: "settings.oauthClient"] ?? ["consent_method": "REQUIRED"]
        for name in shared { settings[name] = client[name] }
        app[path: "settings.oauthClient"] = settings
        app[path: "credentials.oauthClient.token_endpoint_auth_method"] = client["token_endpoint_auth_method"]
        return app
    }

    private static func call(_ call: Call, _ app: String?, _ body: JSON) -> Call {
        var inner = call
        inner.request.body = body.bytes
        inner.parameters = app.map { [$0] } ?? []
        return inner
    }

    private static func record(_ verb: String, _ id: String, _ label: String?, _ call: Call, _ org: inout OrgState) {
        SystemLog.record(
            "app.oauth2.client.lifecycle.\(verb)", call, &org,
            targets: [
                LogEvent.Party(
                    id: id, type: "PublicClientApp", alternateID: "unknown", displayName: label ?? "unknown")
            ])
    }

    // MARK: Operations

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = app(try checked(try call.object()), over: nil)
        let made = try Apps.resource.create(self.call(call, nil, body), &org)
        let id = (try? JSON(parsing: made.body))?.text("id") ?? ""
        let stored = org.tables[Kinds.apps][id] ?? .emptyObject
        record("create", id, stored.text("label"), call, &org)
        return .json(shown(stored, secret: true), status: 201)
    }

    private static func replace(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (appID, previous) = try find(call[0], org)
        let body = try call.object()
        for name in ["client_secret_expires_at", "client_id_issued_at"] where body[name] != nil {
            throw .invalid(name, "\(name): The field cannot be set.")
        }
        if let id = body.text("client_id"), id != call[0] {
            throw .invalid("client_id", "client_id: The value must be that of the path.")
        }
        _ = try Apps.resource.change(
            .replace, self.call(call, appID, app(try checked(body), over: previous)), &org)
        let stored = org.tables[Kinds.apps][appID] ?? .emptyObject
        record("update", call[0], stored.text("label"), call, &org)
        return .json(shown(stored, secret: true))
    }

    /// Deletes a client. Unlike an app, a client can be deleted while it is active.
    private static func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (appID, app) = try find(call[0], org)
        org.tables[Kinds.apps][appID]?["status"] = "INACTIVE"
        _ = try Apps.resource.delete(self.call(call, appID, .emptyObject), &org)
        record("delete", call[0], app.text("label"), call, &org)
        return .empty()
    }

    /// Creates a secret that replaces all others of the client.
    private static func newSecret(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (appID, app) = try find(call[0], org)
        guard app.text("credentials.oauthClient.token_endpoint_auth_method")?.hasPrefix("client_secret") == true else {
            throw .invalid(
                "token_endpoint_auth_method",
                "token_endpoint_auth_method: The client does not authenticate with a secret.")
        }
        let kind = AppKeys.secrets.kind
        for (id, _) in org.tables[kind, of: appID].all { org.tables[kind, of: appID][id] = nil }
        var changed = app
        changed[path: "credentials.oauthClient.client_secret"] = JSON(org.ids.key(64))
        org.tables[Kinds.apps][appID] = changed
        AppKeys.createFirstSecret(changed, appID, &org)
        return .json(shown(changed, secret: true))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let name = call.query("q")?.lowercased() ?? ""
            let rows = org.tables[Kinds.apps].all.compactMap { _, app -> (key: String, json: JSON)? in
                guard let id = app.text("credentials.oauthClient.client_id"),
                    app.text("label")?.lowercased().hasPrefix(name) ?? name.isEmpty
                else { return nil }
                return (id, app)
            }
            return try PageRule(50).response(call, rows.sorted { $0.key < $1.key }) { shown($0) }
        },
        Operation("GET", path + "/{clientId}") { call, org throws(OrgFault) in
            .json(shown(try find(call[0], org).app))
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("PUT", path + "/{clientId}") { call, org throws(OrgFault) in try replace(call, &org) },
        Operation("DELETE", path + "/{clientId}") { call, org throws(OrgFault) in try delete(call, &org) },
        Operation("POST", path + "/{clientId}/lifecycle/newSecret") { call, org throws(OrgFault) in
            try newSecret(call, &org)
        },
    ]

    // MARK: Seeds

    /// Returns the app for a client as the API shows it.
    static func adopted(_ client: JSON, _ org: inout OrgState) -> JSON {
        let id = client.text("client_id") ?? org.ids.next("0oa")
        var json = app(client, over: nil)
        json.merge(["id": JSON(id), "status": "ACTIVE", "features": [], "visibility": ["hide": ["web": true]]])
        let issued = client["client_id_issued_at"]?.int.map { OrgTime(seconds: $0).text } ?? org.now.text
        json.merge(["created": JSON(issued), "lastUpdated": JSON(issued)])
        json[path: "credentials.oauthClient.client_id"] = JSON(id)
        json[path: "credentials.oauthClient.client_secret"] = client["client_secret"]
        return json
    }
}
