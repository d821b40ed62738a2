import OktaRuntime

/// Names of apps. The name shows whether an app is from the Okta Integration Network, is one of Okta's templates, or
/// is custom.
enum AppNames {
    /// Known apps of the Okta Integration Network by name, with their default settings and links.
    private static let catalog = "/api/v1/catalog/apps"

    /// Reserved names. Any other name is that of an app of the Okta Integration Network or of a custom app.
    private static let templates: Set = [
        "bookmark", "template_swa", "template_swa3field", "template_basic_auth", "template_sps", "template_wsfed",
    ]
    private static let modes = [
        "bookmark": "BOOKMARK", "template_swa": "BROWSER_PLUGIN", "template_swa3field": "BROWSER_PLUGIN",
        "template_basic_auth": "BASIC_AUTH", "template_sps": "SECURE_PASSWORD_STORE",
        "template_wsfed": "WS_FEDERATION", "oidc_client": "OPENID_CONNECT",
    ]

    /// Sets the name of a new app, and the settings and links that depend on it.
    static func complete(_ json: inout JSON, _ label: String, _ org: OrgState) {
        if json["signOnMode"] == nil, let mode = json.text("name").flatMap({ modes[$0] }) {
            json["signOnMode"] = JSON(mode)
        }
        let mode = json.text("signOnMode")
        if mode == "OPENID_CONNECT", json["name"] == nil { json["name"] = "oidc_client" }
        if let name = json.text("name"), !name.isEmpty {
            json["name"] = JSON(name.lowercased())
            let isTemplate = templates.contains(name.lowercased())
            // An app of the Okta Integration Network uses the browser plugin instead of auto-login.
            if mode == "AUTO_LOGIN", !isTemplate { json["signOnMode"] = "BROWSER_PLUGIN" }
            let known = org.tables[catalog][name.lowercased()]
            // Some of these apps sign nobody in.
            if mode == "AUTO_LOGIN", known?["signOnMode"]?.kind == .null { json["signOnMode"] = .some(.null) }
            if let fields = known?[path: "settings.app"] { json.fill(from: ["settings": ["app": fields]]) }
            if json[path: "visibility.appLinks"] == nil {
                let link = isTemplate ? "login" : "\(name.lowercased())_link"
                json[path: "visibility.appLinks"] = known?[path: "visibility.appLinks"] ?? JSON(members: [(link, true)])
            }
            return
        }
        let letters = label.lowercased().filter { $0.isLetter || $0.isNumber }
        let name = "\(org.identity.subdomain)_\(letters)_\(org.tables[Kinds.apps].count + 1)"
        json["name"] = JSON(name)
        json[path: "visibility.appLinks"] = JSON(members: [("\(name)_link", true)])
    }

    /// Returns whether apps may have a name. A local org does not know the names of the Okta Integration Network, so
    /// only the names of custom apps must be those of existing apps.
    static func isKnown(_ name: String, _ org: OrgState) -> Bool {
        guard !name.isEmpty else { return false }
        let isOwn =
            name.hasPrefix(org.identity.subdomain + "_") && name.split(separator: "_").last.map { Int($0) } != nil
        return !isOwn || org.tables[Kinds.apps].first { $0.text("name") == name } != nil
    }

    /// Returns whether an app is from the Okta Integration Network.
    static func isOfCatalog(_ json: JSON) -> Bool {
        let name = json.text("name") ?? ""
        return !isCustom(json) && !templates.contains(name) && name != "oidc_client"
    }

    /// Returns whether an app is custom rather than from the Okta Integration Network.
    static func isCustom(_ json: JSON) -> Bool {
        json[path: "visibility.appLinks"]?.members?.first?.key == "\(json.text("name") ?? "")_link"
            && json.text("name")?.split(separator: "_").last.map { Int($0) != nil } == true
    }
}
