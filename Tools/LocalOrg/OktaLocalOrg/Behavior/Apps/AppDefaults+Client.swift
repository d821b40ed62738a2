import OktaRuntime

/// The OAuth client of an OIDC app.
extension AppDefaults {
    /// Keeps the client's settings if a replacement has none, as in the example of Okta's document.
    static func keepClient(in json: inout JSON, _ previous: JSON) {
        guard (json[path: "settings.oauthClient"] ?? .null).kind == .null,
            let client = previous[path: "settings.oauthClient"]
        else { return }
        json[path: "settings.oauthClient"] = client
    }

    /// Throws if an app for sign-in through a browser has no redirect URI, unless the request leaves both as they are.
    private static func checkRedirects(_ settings: JSON, _ grants: [String], previous: JSON?) throws(OrgFault) {
        let uris = settings["redirect_uris"]?.elements ?? []
        if ["redirect_uris", "grant_types"].allSatisfy({ settings[$0] == previous?[$0] }) { return }
        if uris.isEmpty, grants.contains("authorization_code") || grants.contains("implicit") {
            throw .invalid("redirect_uris", Checks.blank("redirect_uris"))
        }
    }

    private static let openIDDefaults: JSONTemplate = """
        {"client_uri":null,"logo_uri":null,"redirect_uris":[],"consent_method":"TRUSTED","issuer_mode":"DYNAMIC",\
        "idp_initiated_login":{"mode":"DISABLED","default_scope":[]},"wildcard_redirect":"DISABLED",\
        "dpop_bound_access_tokens":false}
        """

    /// The settings of an app that is created without any: the defaults of OpenID Connect Dynamic Client Registration,
    /// which Okta documents for its own registration, too. The app cannot sign users in until it has a redirect URI.
    private static let unstatedSettings: JSON = [
        "application_type": "web", "grant_types": ["authorization_code"], "response_types": ["code"],
    ]

    static func openID(
        _ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState
    ) throws(OrgFault) {
        if AppNames.isOfCatalog(json) {
            // Okta does not show the OAuth client of an app of the Okta Integration Network.
            json.remove(["settings.oauthClient", "credentials.oauthClient"])
            if json[path: "credentials.signing.kid"] == nil {
                json[path: "credentials.signing.kid"] = JSON(AppKeys.orgKey(&org))
            }
            return
        }
        let client = JSONTemplate(#"{"autoKeyRotation":true,"token_endpoint_auth_method":"client_secret_basic"}"#)
        var credentials = json[path: "credentials.oauthClient"] ?? ["pkce_required": false]
        credentials.fill(from: client.filled())
        if credentials["pkce_required"] == nil {
            credentials["pkce_required"] = JSON(credentials.text("token_endpoint_auth_method") == "none")
        }
        if credentials["client_id"] == nil { credentials["client_id"] = JSON(change.id) }
        let usesSecret = credentials.text("token_endpoint_auth_method")?.hasPrefix("client_secret") == true
        if !usesSecret {
            credentials["client_secret"] = nil as JSON?
        } else if credentials["client_secret"] == nil {
            credentials["client_secret"] = JSON(org.ids.key(64))
        }
        json[path: "credentials.oauthClient"] = credentials
        var settings = json[path: "settings.oauthClient"] ?? .null
        let isStated = settings.kind != .null
        if !isStated { settings = unstatedSettings }
        settings.fill(from: openIDDefaults.filled())
        if org.features.singleLogout { settings.fill(from: ["participate_slo": false]) }
        if settings.text("frontchannel_logout_uri") != nil {
            settings.fill(from: ["frontchannel_logout_session_required": false])
        }
        let grants = (settings["grant_types"]?.elements ?? []).compactMap(\.string)
        if isStated {
            try checkRedirects(settings, grants, previous: change.previous?[path: "settings.oauthClient"])
        }
        if grants.contains("refresh_token"), settings["refresh_token"] == nil {
            settings["refresh_token"] =
                change.previous?[path: "settings.oauthClient.refresh_token"] ?? ["rotation_type": "STATIC"]
        }
        // A grace period makes no sense for tokens that do not rotate.
        if settings.text("refresh_token.rotation_type") == "STATIC" { settings.remove(["refresh_token.leeway"]) }
        if grants.contains("urn:openid:params:grant-type:ciba"), settings["backchannel_token_delivery_mode"] == nil {
            settings["backchannel_token_delivery_mode"] = "poll"
        }
        try AppJWKs.complete(&settings, of: change.id, previous: change.previous, &org)
        json[path: "settings.oauthClient"] = settings
        // A new app is hidden unless the request says otherwise.
        if change.verb == .create, change.call.request.body.isEmpty == false,
            (try? change.call.object())?[path: "visibility.hide"] == nil
        {
            json[path: "visibility.hide"] = ["iOS": true, "web": true]
        }
        if json[path: "credentials.signing.kid"] == nil {
            json[path: "credentials.signing.kid"] = JSON(AppKeys.orgKey(&org))
        }
    }
}
