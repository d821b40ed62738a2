import OktaRuntime

/// Completes the body of a new app, and keeps members that a replacement omits.
enum AppDefaults {
    private static let modes: Set = [
        "AUTO_LOGIN", "BASIC_AUTH", "BOOKMARK", "BROWSER_PLUGIN", "MFA_AS_SERVICE", "OPENID_CONNECT", "SAML_1_1",
        "SAML_2_0", "SECURE_PASSWORD_STORE", "WS_FEDERATION",
    ]

    static func complete(_ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState) throws(OrgFault) {
        guard let label = json.text("label"), !label.isEmpty else {
            throw .invalid("label", "label: The field cannot be left blank")
        }
        if let previous = change.previous {
            try checkMetadata(json, previous)
            json.fill(from: kept(previous))
            if json["credentials"] == nil { json["credentials"] = previous["credentials"] }
            keepClient(in: &json, previous)
            json["signOnMode"] = previous["signOnMode"]
            if AppNames.isOfCatalog(json) {
                json.fill(from: ["settings": ["app": unset(previous[path: "settings.app"])]])
            }
        } else {
            AppNames.complete(&json, label, org)
            try checkConsent(json)
            if change.call.flag("activate") == false { json["status"] = "INACTIVE" }
            json["orn"] = JSON(
                "orn:okta:idp:\(org.identity.orgID):apps:\(json.text("name") ?? ""):\(change.id)")
            json["features"] = []
        }
        if let mode = json["signOnMode"], mode.kind != .null, !modes.contains(mode.string ?? "") {
            throw .malformedBody
        }
        json["accessibility"] = json["accessibility"] ?? .emptyObject
        json.fill(from: common.filled())
        switch json.text("signOnMode") {
        case "OPENID_CONNECT": try openID(&json, change, &org)
        case "SAML_2_0", "SAML_1_1": saml(&json, &org)
        case "BROWSER_PLUGIN", "BASIC_AUTH", "SECURE_PASSWORD_STORE", "AUTO_LOGIN":
            if json[path: "credentials.scheme"] == nil {
                json[path: "credentials.scheme"] = "EDIT_USERNAME_AND_PASSWORD"
            }
            if json[path: "credentials.revealPassword"] == nil { json[path: "credentials.revealPassword"] = false }
            // The response shows only that a shared password is set. Any other password is dropped.
            let isShared = json.text("credentials.scheme") == "SHARED_USERNAME_AND_PASSWORD"
            if isShared {
                json[path: "credentials.password"] = .emptyObject
            } else {
                json.remove(["credentials.password"])
            }
            if json.text("credentials.userName") == "" { json.remove(["credentials.userName"]) }
            if json[path: "settings.signOn"]?.count == 0 { json.remove(["settings.signOn"]) }
            if json.text("signOnMode") == "AUTO_LOGIN", json[path: "settings.signOn"] != nil {
                json.fill(from: ["settings": ["signOn": ["redirectUrl": .null]]])
            }
        case nil:
            if json.text("credentials.userName") == "" { json.remove(["credentials.userName"]) }
        default: break
        }
        if json.text("credentials.userNameTemplate.type") == "CUSTOM",
            json[path: "credentials.userNameTemplate.pushStatus"] == nil
        {
            json[path: "credentials.userNameTemplate.pushStatus"] = "DONT_PUSH"
        }
        if json[path: "credentials.signing"] == nil { json[path: "credentials.signing"] = .emptyObject }
        templates(&json)
    }

    /// Returns the members that a replacement keeps if the request omits them.
    private static func kept(_ previous: JSON) -> JSON {
        var kept = JSON.emptyObject
        for path in [
            "name", "credentials.signing", "credentials.scheme", "credentials.oauthClient.client_id",
            "credentials.oauthClient.client_secret", "credentials.userNameTemplate", "settings.notifications",
            "settings.emOptInStatus", "visibility.appLinks",
        ] {
            if let value = previous[path: path] { kept[path: path] = value }
        }
        return kept
    }

    /// Throws for an inactive custom SWA app: its sign-in page is described by metadata of the app's name, which
    /// exists only for active apps.
    private static func checkMetadata(_ json: JSON, _ previous: JSON) throws(OrgFault) {
        guard AppNames.isCustom(previous), previous.text("signOnMode") == "AUTO_LOGIN",
            previous.text("status") == "INACTIVE",
            json["name"] == nil
        else { return }
        let text = "This operation on app metadata is not yet supported"
        throw OrgFault(
            status: 400, code: "E0000024", summary: "Bad request. \(text).", causes: ["\(text): No active instances."])
    }

    /// Throws if Okta is to configure Microsoft's side of the federation without the consent of an admin there.
    private static func checkConsent(_ json: JSON) throws(OrgFault) {
        let settings = json[path: "settings.app"]
        guard json.text("name") == "office365", !["AUTO_LOGIN", "BROWSER_PLUGIN"].contains(json.text("signOnMode")),
            settings?.text("wsFedConfigureType") == "AUTO",
            settings?["requireAdminConsent"]?.bool == false
        else { return }
        throw .invalid("settings", "In order to continue using WS-FED Auto for SSO, you must grant admin consent.")
    }

    /// Returns the settings of an app of the Okta Integration Network with null values. The app always has the same
    /// settings; those that a request omits are null.
    private static func unset(_ settings: JSON?) -> JSON {
        JSON(members: (settings?.members ?? []).map { ($0.key, .null) })
    }

    private static let common: JSONTemplate = """
        {"accessibility":{"selfService":false,"errorRedirectUrl":null,"loginRedirectUrl":null},\
        "visibility":{"autoLaunch":false,"autoSubmitToolbar":false,"hide":{"iOS":false,"web":false}},\
        "credentials":{"userNameTemplate":{"template":"${source.login}","type":"BUILT_IN"}},\
        "settings":{"app":{},"notifications":{"vpn":{"network":{"connection":"DISABLED"},"message":null,"helpUrl":null}},\
        "manualProvisioning":false,"implicitAssignment":false,"emOptInStatus":"NONE",\
        "notes":{"admin":null,"enduser":null}}}
        """

    private static let samlDefaults: JSONTemplate = """
        {"defaultRelayState":null,"idpIssuer":"http://www.okta.com/${org.externalKey}","spIssuer":null,\
        "requestCompressed":false,"attributeStatements":[],"inlineHooks":[],"assertionEncryption":{"enabled":false},\
        "allowMultipleAcsEndpoints":false,"acsEndpoints":[],"samlSignedRequestEnabled":false,"slo":{"enabled":false}}
        """
    private static let overrides = [
        "ssoAcsUrlOverride", "audienceOverride", "recipientOverride", "destinationOverride",
    ]

    private static func saml(_ json: inout JSON, _ org: inout OrgState) {
        var signOn = json[path: "settings.signOn"] ?? .emptyObject
        if AppNames.isCustom(json) {
            for name in overrides where signOn.text(name) == "" { signOn[name] = nil as JSON? }
            if let issuer = signOn.text("slo.issuer") { signOn["spIssuer"] = JSON(issuer) }
            if org.features.nullRelayState, signOn.text("defaultRelayState") == "" {
                signOn["defaultRelayState"] = .some(.null)
            }
            signOn.fill(from: samlDefaults.filled())
        } else {
            // An app of the Okta Integration Network keeps these settings and the ones specific to it.
            var kept = JSON.emptyObject
            // SAML 1.1 has no destination.
            let isFirst = json.text("signOnMode") == "SAML_1_1"
            for name in ["defaultRelayState"] + overrides where !isFirst || name != "destinationOverride" {
                kept[name] = signOn.text(name).flatMap { $0.isEmpty ? nil : JSON($0) } ?? .some(.null)
            }
            if let statements = signOn["attributeStatements"], json.text("signOnMode") == "SAML_2_0" {
                kept["attributeStatements"] = statements
            }
            signOn = kept
        }
        json[path: "settings.signOn"] = signOn
        if json[path: "credentials.signing.kid"] == nil {
            json[path: "credentials.signing.kid"] = JSON(org.ids.key(43))
        }
    }

    /// Settings of Okta's template apps that are null by default.
    private static let templateFields = [
        "template_swa": ["loginUrlRegex", "redirectUrl", "checkbox"],
        "template_swa3field": ["loginUrlRegex", "redirectUrl"],
        "template_basic_auth": ["loginUrlRegex"],
        "template_sps": [
            "optionalField1", "optionalField1Value", "optionalField2", "optionalField2Value", "optionalField3",
            "optionalField3Value",
        ],
    ]

    private static func templates(_ json: inout JSON) {
        guard let fields = json.text("name").flatMap({ templateFields[$0] }) else { return }
        for field in fields {
            let path = "settings.app.\(field)"
            if json[path: path] == nil || json.text(path) == "" { json[path: path] = .some(.null) }
        }
    }
}
