import OktaRuntime

/// Documents below `/.well-known` that are not about sign-in. They need no token.
enum WellKnownDocuments {
    /// Okta's own apps, which Okta adds to an org's settings.
    private static let apps: JSONTemplate = """
        {"authsrv":{"apps":["B7F62B65BN.com.okta.mobile","B7F62B65BN.com.okta.mobile.auth-service-extension",\
        "B7F62B65BN.com.okta.authenticator.beta","B7F62B65BN.com.okta.authenticator.beta.auth-service-extension",\
        "7WXXBW6Z2Y.com.okta.mobile.internalrelease",\
        "7WXXBW6Z2Y.com.okta.mobile.internalrelease.auth-service-extension"]}}
        """

    /// Returns the org's metadata as a transmitter of the Shared Signals Framework.
    private static func transmitter(_ origin: String) -> JSON {
        [
            "issuer": JSON(origin), "jwks_uri": JSON(origin + "/oauth2/v1/keys"), "spec_version": "1_0-ID3",
            "delivery_methods_supported": [
                "https://schemas.openid.net/secevent/risc/delivery-method/push", "urn:ietf:rfc:8935",
            ],
            "configuration_endpoint": JSON(origin + "/api/v1/ssf/stream"),
            "verification_endpoint": JSON(origin + "/api/v1/ssf/stream/verification"),
            "authorization_schemes": [["spec_urn": "urn:ietf:rfc:6749"]], "default_subjects": "ALL",
        ]
    }

    /// Returns the app authenticators of an OAuth client, for the app itself.
    private static func authenticators(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        guard let client = call.query("oauthClientId"), !client.isEmpty else {
            throw .missing("oauthClientId")
        }
        let own = org.tables[Kinds.authenticators].all.map(\.json).filter {
            $0.text("key") == "custom_app" && $0.text("settings.oauthClientId") == client
        }
        return .json(
            JSON(
                own.map { json in
                    var shown: JSON = [
                        "authenticatorId": json["id"] ?? .null, "orgId": JSON(org.identity.orgID), "type": "app",
                    ]
                    for name in ["key", "name", "lastUpdated"] { shown[name] = json[name] }
                    shown["createdDate"] = json["created"]
                    shown["settings"] = [
                        "userVerification": json[path: "settings.userVerification"] ?? "PREFERRED"
                    ]
                    shown["supportedMethods"] = AuthenticatorMethods.supported(by: json, org)
                    shown["appAuthenticatorEnrollEndpoint"] = JSON(
                        call.origin + MyAccount.path + "/app-authenticators")
                    return shown
                }))
    }

    /// Returns the WebFinger response (RFC 7033): users sign in at the org itself.
    private static func provider(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        guard let resource = call.query("resource"), resource.hasPrefix("okta:acct:") else {
            throw .invalid("resource", "resource: The resource must begin with okta:acct:")
        }
        let login = PercentText.encoded(String(resource.dropFirst(10)))
        let json: JSON = [
            "subject": JSON(resource),
            "links": [
                [
                    "rel": "okta:idp", "href": JSON("\(call.origin)/sso/idps/OKTA?login_hint=\(login)#"),
                    "titles": ["und": JSON(org.identity.subdomain)],
                    "properties": [
                        "okta:idp:metadata": JSON("\(call.origin)/api/v1/idps/OKTA/metadata.xml"),
                        "okta:idp:type": "OKTA", "okta:idp:id": "OKTA",
                    ],
                ]
            ],
        ]
        return .text(json.text, type: "application/jrd+json")
    }

    static let all: [Operation] =
        [
            Operation("GET", "/.well-known/webfinger") { call, org throws(OrgFault) in try provider(call, org) },
            Operation("GET", "/.well-known/app-authenticator-configuration") { call, org throws(OrgFault) in
                try authenticators(call, org)
            },
            Operation("GET", "/.well-known/apple-app-site-association") { _, _ throws(OrgFault) in
                .json(apps.filled())
            },
            Operation("GET", "/.well-known/ssf-configuration") { call, _ throws(OrgFault) in
                .json(transmitter(call.origin))
            },
        ]
        // Only orgs with custom well-known documents of brands have these.
        + ["assetlinks.json", "webauthn"].map { name in
            Operation("GET", "/.well-known/" + name) { _, _ throws(OrgFault) in throw .notFound(name, "WellKnownUri") }
        }
}
