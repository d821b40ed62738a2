import OktaRuntime

/// Members of apps that depend on the release of the org.
enum AppRelease {
    static func apply(to json: inout JSON, _ org: OrgState) {
        if !org.features.resourceNames { json["orn"] = nil as JSON? }
        if !org.features.autoLaunch { json.remove(["visibility.autoLaunch"]) }
        if !org.features.boundTokens { json.remove(["settings.oauthClient.dpop_bound_access_tokens"]) }
        if !org.features.providerSignIn { json.remove(["settings.oauthClient.idp_initiated_login"]) }
        if !org.features.wildcardRedirects { json.remove(["settings.oauthClient.wildcard_redirect"]) }
        if !org.features.proofKeys { json.remove(["credentials.oauthClient.pkce_required"]) }
        if !org.features.userConsent { json.remove(["settings.oauthClient.consent_method"]) }
        if !org.features.implicitAssignment {
            json.remove(["settings.implicitAssignment", "settings.manualProvisioning"])
        }
        if !org.features.appNotes { json.remove(["settings.notes"]) }
        if !org.features.assertionEncryption { json.remove(["settings.signOn.assertionEncryption"]) }
        if !org.features.optInStatus { json[path: "settings.emOptInStatus"] = nil as JSON? }
        switch org.features.universalLogout {
        case .absent: json["universalLogout"] = nil as JSON?
        case .null: json["universalLogout"] = .some(.null)
        case .state:
            let isSupported =
                !AppNames.isOfCatalog(json)
                && ["OPENID_CONNECT", "SAML_2_0"].contains(json.text("signOnMode") ?? "")
            json["universalLogout"] =
                isSupported
                ? [
                    "status": "DISABLED", "supportType": "FULL", "identityStack": "NOT_SHARED",
                    "protocol": "GLOBAL_TOKEN_REVOCATION",
                ] : ["status": "UNSUPPORTED"]
        }
    }
}
