import OktaRuntime

/// Documents below `/.well-known` beside those of sign-in. Nobody needs a token for them.
enum WellKnownDocuments {
    /// Okta's own apps, which Okta adds to whatever an org has set.
    private static let apps: JSONTemplate = """
        {"authsrv":{"apps":["B7F62B65BN.com.okta.mobile","B7F62B65BN.com.okta.mobile.auth-service-extension",\
        "B7F62B65BN.com.okta.authenticator.beta","B7F62B65BN.com.okta.authenticator.beta.auth-service-extension",\
        "7WXXBW6Z2Y.com.okta.mobile.internalrelease",\
        "7WXXBW6Z2Y.com.okta.mobile.internalrelease.auth-service-extension"]}}
        """

    /// What the org says of itself as a transmitter of shared signals.
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

    static let all: [Operation] =
        [
            Operation("GET", "/.well-known/apple-app-site-association") { _, _ throws(OrgFault) in
                .json(apps.filled())
            },
            Operation("GET", "/.well-known/ssf-configuration") { call, _ throws(OrgFault) in
                .json(transmitter(call.origin))
            },
        ]
        // Only orgs that may change the documents of their brands have these.
        + ["assetlinks.json", "webauthn"].map { name in
            Operation("GET", "/.well-known/" + name) { _, _ throws(OrgFault) in throw .notFound(name, "WellKnownUri") }
        }
}
