import OktaRuntime

/// Provisioning of apps: the connection to the app, and the features that depend on it.
///
/// Only some apps of the Okta Integration Network support provisioning. Any other app shows an unknown connection and
/// has no features.
enum AppProvisioning {
    private static let path = "/api/v1/apps/{appId}"
    static let connections = "/api/v1/apps/{}/connections/default"
    private static let features = "/api/v1/apps/{}/features"

    /// The apps that Okta can provision by API, with the authentication scheme of their connection.
    private static let schemes = [
        "okta_org2org": "TOKEN", "zscalerbyz": "TOKEN", "google": "OAUTH2", "office365": "OAUTH2", "slack": "OAUTH2",
        "zoomus": "OAUTH2",
    ]

    /// Returns the authentication scheme of an app's connection, by the app's name or from a seeded connection; nil if
    /// the app does not support provisioning.
    private static func scheme(_ app: JSON, _ org: OrgState) -> String? {
        app.text("name").flatMap { schemes[$0] }
            ?? org.tables[connections, of: app.text("id") ?? ""]["default"]?.text("authScheme")
    }

    // MARK: Connections

    private static func shownConnection(_ app: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let stored = org.tables[connections, of: call[0]]["default"]
        // An app that supports provisioning has a connection even before it is set up.
        let initial = scheme(app, org).map { ["authScheme": JSON($0), "status": "DISABLED"] as JSON }
        guard var json = stored ?? initial else {
            return ["status": "UNKNOWN", "profile": ["authScheme": "UNKNOWN"]]
        }
        let base = "\(call.origin)/api/v1/apps/\(call[0])/connections/default"
        let verb = json.text("status") == "ENABLED" ? "deactivate" : "activate"
        json.remove(["profile.token", "profile.clientSecret"])
        json["_links"] = [
            verb: ["href": JSON("\(base)/lifecycle/\(verb)"), "hints": ["allow": ["POST"]]],
            "self": ["href": JSON(base), "hints": ["allow": ["POST", "GET"]]],
        ]
        return json
    }

    private static func connect(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let app = try Apps.find(call, org)
        let body = try call.object()
        guard let scheme = scheme(app, org), let sent = body.text("profile.authScheme"), sent != "UNKNOWN" else {
            return .json(shownConnection(app, call, org))
        }
        if sent == "TOKEN", scheme == "TOKEN", body.text("profile.token")?.isEmpty != false,
            org.tables[connections, of: call[0]]["default"] == nil
        {
            throw .invalid("token", "token: The field cannot be left blank")
        }
        var json: JSON = [
            "authScheme": JSON(sent),
            "status": org.tables[connections, of: call[0]]["default"]?["status"] ?? "DISABLED",
        ]
        json["baseUrl"] = body["baseUrl"]
        json["profile"] = body["profile"]
        if call.flag("activate") == true { json["status"] = "ENABLED" }
        org.tables[connections, of: call[0]]["default"] = json
        return .json(shownConnection(app, call, org))
    }

    /// Returns the keys that authenticate the connections of apps to their target orgs. All apps share them.
    private static func keys(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let app = try Apps.find(call, org)
        guard scheme(app, org) != nil else { throw .invalid("feature", "Provisioning is not supported.") }
        let kid = AppKeys.orgKey(&org)
        let key = try KeyCredential.shown(["kid": JSON(kid)], org)
        var shown: JSON = ["kid": JSON(kid), "kty": "RSA", "alg": "RSA", "use": "sig"]
        for name in ["e", "n"] { shown[name] = key[name] }
        return .json(["jwks": ["keys": [shown]]])
    }

    private static func setConnection(
        _ status: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        _ = try Apps.find(call, org)
        org.tables[connections, of: call[0]]["default"]?["status"] = JSON(status)
        return .empty()
    }

    // MARK: Features

    private static let names = ["USER_PROVISIONING", "INBOUND_PROVISIONING"]

    private static let outbound: JSONTemplate = """
        {"name":"USER_PROVISIONING","status":"ENABLED","description":"User provisioning settings from Okta to a downstream \
        application","capabilities":{"create":{"lifecycleCreate":{"status":"DISABLED"}},\
        "update":{"lifecycleDeactivate":{"status":"DISABLED"},"profile":{"status":"DISABLED"},\
        "password":{"status":"DISABLED","seed":"RANDOM","change":"KEEP_EXISTING"}}}}
        """
    private static let inbound: JSONTemplate = """
        {"name":"INBOUND_PROVISIONING","status":"ENABLED","description":"In-bound provisioning settings from provisioning \
        source to Okta","capabilities":{"importSettings":{"username":{"usernameFormat":"EMAIL","usernameExpression":null},\
        "schedule":{"status":"DISABLED","fullImport":{"expression":"0 0 * * *","timezone":"America/Los_Angeles"}}},\
        "importRules":{"userCreateAndMatch":{"exactMatchCriteria":"USERNAME","allowPartialMatch":false,\
        "autoActivateNewUsers":false,"autoConfirmExactMatch":false,"autoConfirmNewUsers":false,\
        "autoConfirmPartialMatch":false}}}}
        """

    /// Throws if the app does not support provisioning or is not connected.
    private static func checkFeatures(_ call: Call, _ org: OrgState) throws(OrgFault) {
        let app = try Apps.find(call, org)
        guard scheme(app, org) != nil else { throw .invalid("feature", "Provisioning is not supported.") }
        guard org.tables[connections, of: call[0]]["default"]?.text("status") == "ENABLED" else {
            throw .invalid("feature", "Provisioning is not enabled for the app instance.")
        }
    }

    private static func checkName(_ call: Call, _ org: OrgState) throws(OrgFault) {
        _ = try Apps.find(call, org)
        guard names.contains(call[1]) else { throw .notFound(call[1], "PublicAppFeatureSetName") }
    }

    private static func feature(_ name: String, _ call: Call, _ org: OrgState) -> JSON {
        var json =
            org.tables[features, of: call[0]][name] ?? (name == names[0] ? outbound.filled() : inbound.filled())
        json["_links"] = [
            "self": [
                "href": JSON("\(call.origin)/api/v1/apps/\(call[0])/features/\(name)"),
                "hints": ["allow": ["GET", "PUT"]],
            ]
        ]
        return json
    }

    static let all: [Operation] = [
        Operation("GET", path + "/connections/default") { call, org throws(OrgFault) in
            .json(shownConnection(try Apps.find(call, org), call, org))
        },
        Operation("POST", path + "/connections/default") { call, org throws(OrgFault) in try connect(call, &org) },
        Operation("GET", path + "/connections/default/jwks") { call, org throws(OrgFault) in try keys(call, &org) },
        Operation("POST", path + "/connections/default/lifecycle/activate") { call, org throws(OrgFault) in
            try setConnection("ENABLED", call, &org)
        },
        Operation("POST", path + "/connections/default/lifecycle/deactivate") { call, org throws(OrgFault) in
            try setConnection("DISABLED", call, &org)
        },
        // The provider's callback after the consent suffices: a local org requests no token from the provider.
        Operation("POST", "/api/v1/apps/{appName}/{appId}/oauth2/callback") { call, org throws(OrgFault) in
            guard let app = org.tables[Kinds.apps][call[1]], app.text("name") == call[0] else {
                throw .notFound(call[1], "AppInstance")
            }
            guard scheme(app, org) == "OAUTH2" else { throw .invalid("feature", "Provisioning is not supported.") }
            guard org.tables[connections, of: call[1]]["default"] != nil else {
                throw .invalid("connection", "The app has no connection that waits for consent.")
            }
            org.tables[connections, of: call[1]]["default"]?["status"] = "ENABLED"
            return .empty()
        },
        Operation("GET", path + "/features") { call, org throws(OrgFault) in
            try checkFeatures(call, org)
            let snapshot = org
            return .json(JSON(names.map { feature($0, call, snapshot) }))
        },
        Operation("GET", path + "/features/{name}") { call, org throws(OrgFault) in
            try checkName(call, org)
            try checkFeatures(call, org)
            return .json(feature(call[1], call, org))
        },
        Operation("PUT", path + "/features/{name}") { call, org throws(OrgFault) in
            try checkName(call, org)
            let body = try call.object()
            guard body.count > 0 else { throw .malformedBody }
            try checkFeatures(call, org)
            var json = feature(call[1], call, org)
            var capabilities = json["capabilities"] ?? .emptyObject
            // Clients that change what they read send the whole feature.
            capabilities.merge(body["capabilities"].flatMap { $0.kind == .object ? $0 : nil } ?? body)
            json["capabilities"] = capabilities
            json["_links"] = nil as JSON?
            org.tables[features, of: call[0]][call[1]] = json
            return .json(feature(call[1], call, org))
        },
    ]
}
