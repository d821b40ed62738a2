#if LocalOrg
import OktaRuntime

/// The metadata of an authorization server: its endpoints, its capabilities, and its keys.
enum ServerMetadata {
    private static let authentications: JSON = [
        "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none",
    ]
    private static let grants: JSON = [
        "authorization_code", "implicit", "refresh_token", "password", "client_credentials",
        "urn:ietf:params:oauth:grant-type:device_code", "urn:openid:params:grant-type:ciba",
        "urn:ietf:params:oauth:grant-type:token-exchange", JSON(DirectAuthentication.passcode),
        JSON(DirectAuthentication.outOfBand), JSON(SecondFactor.passcode), JSON(SecondFactor.outOfBand),
    ]

    /// Returns the response of `/.well-known/openid-configuration`.
    static func openID(_ issuer: Issuer, _ org: OrgState) -> OrgResponse {
        var document = document(issuer, org)
        document["userinfo_endpoint"] = JSON(issuer.base + "/v1/userinfo")
        document["id_token_signing_alg_values_supported"] = ["RS256"]
        document["claims_supported"] = JSON(
            [
                "iss", "ver", "sub", "aud", "iat", "exp", "jti", "auth_time", "amr", "idp", "nonce", "name", "nickname",
                "preferred_username", "given_name", "middle_name", "family_name", "email", "email_verified", "profile",
                "zoneinfo", "locale", "address", "phone_number", "updated_at", "at_hash",
            ].map { JSON($0) })
        return .json(document)
    }

    /// Returns the response of `/.well-known/oauth-authorization-server`.
    static func oauth(_ issuer: Issuer, _ org: OrgState) -> OrgResponse {
        var document = document(issuer, org)
        if issuer.serverID == nil {
            // Only the org itself verifies the access tokens of its own server, which are for Okta's API.
            document["jwks_uri"] = nil as JSON?
            let scopes = ScopeCatalog.all.sorted() + OAuthScopes.openID.filter { $0 != "device_sso" }
            document["scopes_supported"] = JSON(scopes.map { JSON($0) })
        }
        document["claims_supported"] = JSON(
            ["ver", "jti", "iss", "aud", "iat", "exp", "cid", "uid", "scp", "sub"].map { JSON($0) })
        return .json(document)
    }

    private static func document(_ issuer: Issuer, _ org: OrgState) -> JSON {
        let end = { (name: String) in JSON("\(issuer.base)/v1/\(name)") }
        var document = JSON(members: [
            ("issuer", JSON(issuer.url)), ("authorization_endpoint", end("authorize")),
            ("token_endpoint", end("token")), ("registration_endpoint", JSON(clients(issuer))),
            ("jwks_uri", end("keys")),
            (
                "response_types_supported",
                [
                    "code", "token", "id_token", "code id_token", "code token", "id_token token", "code id_token token",
                ]
            ),
            ("response_modes_supported", JSON(AuthorizeResponse.modes.map { JSON($0) })),
            ("grant_types_supported", grants), ("subject_types_supported", ["public"]),
            ("scopes_supported", JSON(scopes(issuer, org).map { JSON($0) })),
            ("token_endpoint_auth_methods_supported", authentications),
            ("code_challenge_methods_supported", ["S256"]), ("introspection_endpoint", end("introspect")),
            ("introspection_endpoint_auth_methods_supported", authentications),
            ("revocation_endpoint", end("revoke")), ("revocation_endpoint_auth_methods_supported", authentications),
            ("end_session_endpoint", end("logout")), ("request_parameter_supported", false),
            ("request_object_signing_alg_values_supported", signatures),
            ("device_authorization_endpoint", end("device/authorize")),
            ("pushed_authorization_request_endpoint", end("par")),
            ("dpop_signing_alg_values_supported", JSON(DPoPCheck.algorithms.map { JSON($0) })),
        ])
        if issuer.serverID == nil {
            document.merge([
                "frontchannel_logout_supported": true, "frontchannel_logout_session_supported": true,
                "identity_chaining_requested_token_types_supported": [JSON(IdentityAssertion.tokenType)],
            ])
        }
        if org.features.backchannelAuthentication {
            document.merge([
                "backchannel_authentication_endpoint": end("bc/authorize"),
                "backchannel_token_delivery_modes_supported": ["poll"],
                "backchannel_authentication_request_signing_alg_values_supported": signatures,
            ])
        }
        return document
    }

    /// The algorithms for signed request objects.
    private static let signatures: JSON = [
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512",
    ]

    private static func clients(_ issuer: Issuer) -> String {
        guard let end = issuer.base.firstRange(of: "/oauth2") else { return issuer.base }
        return issuer.base[..<end.upperBound] + "/v1/clients"
    }

    /// Returns the scopes that a server publishes.
    private static func scopes(_ issuer: Issuer, _ org: OrgState) -> [String] {
        guard let server = issuer.serverID else { return OAuthScopes.openID.filter { $0 != "device_sso" } }
        return org.tables[AuthorizationServers.scopes.kind, of: server].all.map(\.json)
            .filter { $0.text("metadataPublish") == "ALL_CLIENTS" }.compactMap { $0.text("name") }
    }

    /// Returns the keys that verify a server's tokens.
    static func keys(_ issuer: Issuer, _ org: OrgState) throws(OAuthRefusal) -> OrgResponse {
        var keys: [JSON] = []
        for kid in issuer.keyIDs(org) {
            guard let numbers = try? OrgKeys.numbers(org.keyNumber(kid: kid)) else { throw .serverError }
            keys.append(
                JSON(members: [
                    ("kty", "RSA"), ("alg", "RS256"), ("kid", JSON(kid)), ("use", "sig"),
                    ("e", JSON(numbers.exponent)), ("n", JSON(numbers.modulus)),
                ]))
        }
        var response = OrgResponse.json(["keys": JSON(keys)])
        let age = AuthorizationServerKeys.secondsToRotation(of: issuer.serverID, org)
        response.headers = [("cache-control", "max-age=\(age), must-revalidate")]
        return response
    }
}
#endif
