import OktaRuntime

/// The OAuth and OpenID Connect endpoints of the org authorization server and of custom ones.
enum OAuthOperations {
    static let all: [Operation] = endpoints + TokenLists.all

    #if LocalOrg
    private typealias Endpoint = @Sendable (Call, Issuer, inout OrgState) throws(OAuthRefusal) -> OrgResponse

    /// Returns an endpoint for both kinds of servers.
    private static func endpoint(
        _ method: String, _ name: String, _ run: @escaping Endpoint
    ) -> [Operation] {
        ["/oauth2", "/oauth2/{authorizationServerId}"].map { base in
            operation(method, base + name, run)
        }
    }

    private static func operation(_ method: String, _ path: String, _ run: @escaping Endpoint) -> Operation {
        Operation(method, path) { call, org throws(OrgFault) in
            if let response = ClientKeys.read(
                for: call, org,
                then: { call, org throws(OrgFault) in
                    try respond(to: call, run, &org)
                })
            {
                return response
            }
            return try respond(to: call, run, &org)
        }
    }

    private static func respond(to call: Call, _ run: Endpoint, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let issuer = try Issuer(call, &org)
        do throws(OAuthRefusal) {
            return try run(call, issuer, &org)
        } catch {
            return error.response
        }
    }

    private static let endpoints: [Operation] = [
        endpoint("POST", "/v1/token", TokenEndpoint.respond),
        endpoint("GET", "/v1/authorize", AuthorizeEndpoint.respond),
        endpoint("POST", "/v1/authorize", AuthorizeEndpoint.respond),
        endpoint("POST", "/v1/par", AuthorizeEndpoint.push),
        endpoint("POST", "/v1/device/authorize", DeviceGrant.begin),
        endpoint("POST", "/v1/bc/authorize", BackchannelGrant.begin),
        endpoint("POST", "/v1/primary-authenticate", DirectAuthentication.begin),
        endpoint("POST", "/v1/oob-authenticate", DirectAuthentication.begin),
        endpoint("POST", "/v1/challenge", SecondFactor.challenge),
        endpoint("POST", "/v1/introspect", TokenInspection.introspect),
        endpoint("POST", "/v1/revoke", TokenInspection.revoke),
        endpoint("GET", "/v1/userinfo", TokenInspection.userInfo),
        endpoint("POST", "/v1/userinfo", TokenInspection.userInfo),
        endpoint("GET", "/v1/logout", TokenInspection.logout), endpoint("POST", "/v1/logout", TokenInspection.logout),
        endpoint("GET", "/v1/keys") { _, issuer, org throws(OAuthRefusal) in try ServerMetadata.keys(issuer, org) },
        [
            operation("GET", "/.well-known/openid-configuration") { _, issuer, org throws(OAuthRefusal) in
                ServerMetadata.openID(issuer, org)
            },
            operation("GET", "/.well-known/oauth-authorization-server") { _, issuer, org throws(OAuthRefusal) in
                ServerMetadata.oauth(issuer, org)
            },
            operation("GET", "/oauth2/{authorizationServerId}/.well-known/openid-configuration") {
                _, issuer, org throws(OAuthRefusal) in
                ServerMetadata.openID(issuer, org)
            },
            operation("GET", "/oauth2/{authorizationServerId}/.well-known/oauth-authorization-server") {
                _, issuer, org throws(OAuthRefusal) in
                ServerMetadata.oauth(issuer, org)
            },
        ], SecurityEventTokens.all,
    ].flatMap { $0 }
    #else
    /// Without the trait there is no cryptography, so these endpoints return 501.
    private static let endpoints: [Operation] = ["/oauth2", "/oauth2/{authorizationServerId}"].flatMap { base in
        [
            "token", "authorize", "par", "device/authorize", "bc/authorize", "primary-authenticate", "oob-authenticate",
            "challenge", "introspect", "revoke", "logout",
        ].map { name in
            Operation("POST", "\(base)/v1/\(name)", fidelity: .shape) { _, _ throws(OrgFault) in
                OAuthRefusal(
                    "temporarily_unavailable",
                    "This local org was built without the trait LocalOrg, and can neither sign nor check tokens. Build "
                        + "it with: swift build --traits LocalOrg", status: 501
                ).response
            }
        }
    }
    #endif
}
