/// What the placeholders of paths stand for: by the path of the list, with the operation where it differs by operation.
/// What is not here is created by the catalog's own create.
enum ActionObjects {
    enum Object {
        /// It is there, or needs not be.
        case name(String)
        /// The first of its list, by this member.
        case first(String)
        /// An object as the API shows it, without the id.
        case seed(String)
        /// An object of another kind, such as `<user>`.
        case other(String)
        /// Made by a call below the list, with the answer's member that is its id; `""` for the last segment of the path.
        case call(String, String, String, id: String)
        /// A push that waits.
        case pushTransaction
    }

    static let all: [String: Object] = [
        "/api/v1/agentPools": .seed(#"{"name":"p","type":"AD"}"#), "/api/v1/api-tokens": .seed(#"{"name":"t"}"#),
        "/api/v1/apps/{}/credentials/keys": .first("kid"),
        "/api/v1/apps/{}/credentials/jwks": .seed(#"{"kty":"RSA","status":"INACTIVE","kid":"k"}"#),
        "/api/v1/apps/{}/features": .name("USER_PROVISIONING"),
        "/api/v1/apps/{}/federated-claims": .seed(#"{"name":"c","expression":"user.email"}"#),
        "/api/v1/apps/{}/groups": .call("PUT", "/<group>", "{}", id: "id"),
        "PUT /api/v1/apps/{}/groups/{}": .other("<group>"), "/api/v1/apps/{}/policies": .other("<policy>"),
        "/api/v1/apps/{}": .other("<app>"),
        "/api/v1/authenticators /methods": .other("<phone>"), "/api/v1/authenticators/{}/methods": .first("type"),
        "/api/v1/authenticators/{}/aaguids": .seed(#"{"name":"a","aaguid":"1"}"#),
        "/api/v1/authorizationServers/{}/clients": .other("<app>"),
        "/api/v1/authorizationServers/{}/clients/{}/tokens": .seed(#"{"status":"ACTIVE"}"#),
        "/api/v1/authorizationServers/{}/credentials/keys": .first("kid"),
        "/api/v1/brands/{}/templates/email": .name("UserActivation"), "/api/v1/brands/{}/themes": .first("id"),
        "/api/v1/brands/{}/well-known-uris": .name("assetlinks.json"),
        "/api/v1/device-integrations": .seed(#"{"name":"i","status":"ACTIVE"}"#),
        "/api/v1/device-posture-checks": .seed(#"{"name":"c"}"#),
        "/api/v1/devices": .seed(
            #"{"status":"ACTIVE","profile":{"displayName":"d","platform":"IOS","registered":true}}"#),
        "/api/v1/directories": .name("dir1"), "/api/v1/directories/{}/groups": .name("g1"),
        "/api/v1/dr/status": .seed(#"{"domain":"d"}"#),
        "/api/v1/features": .first("id"), "/api/v1/features/{}": .name("ENABLE"),
        "/api/v1/first-party-app-settings": .seed(#"{"sessionIdleTimeoutMinutes":15}"#),
        "/api/v1/groups/{}/users": .call("PUT", "/<user>", "", id: ""),
        "PUT /api/v1/groups/{}/users/{}": .other("<user>"),
        "/api/v1/hook-keys/public": .seed(#"{"kty":"RSA","kid":"k"}"#),
        "/api/v1/iam/roles/{}/permissions": .call("POST", "/okta.groups.read", "{}", id: ""),
        "/api/v1/iam/resource-sets/{}/bindings/{}/members": .first("id"),
        "/api/v1/iam/resource-sets/{}/resources": .first("id"),
        "/api/v1/iam/governance/bundles/{}/entitlements": .seed(#"{"name":"e"}"#),
        "/api/v1/identity-sources": .name("src1"),
        "/api/v1/idps/{}/credentials/keys": .call("POST", "/generate?validityYears=2", "", id: "kid"),
        "/api/v1/idps/{}/users": .call("POST", "/<user>", #"{"externalId":"e"}"#, id: ""),
        "/api/v1/mappings": .other("<mapping>"), "/api/v1/meta/schemas/apps": .other("<app>"),
        "/api/v1/meta/schemas/logStream": .name("aws_eventbridge"), "/api/v1/meta/schemas/user": .name("default"),
        "/api/v1/meta/schemas/user/linkedObjects": .other("<relation>"),
        "/api/v1/org/contacts": .name("BILLING"), "/api/v1/org/factors": .name("okta_sms"),
        "/api/v1/org/privacy/oktaSupport/cases": .seed(#"{"caseNumber":"1","subject":"s"}"#),
        "/api/v1/policies/{}/mappings": .seed(#"{"resourceId":"r"}"#),
        "/api/v1/roles": .name("SUPER_ADMIN"), "/api/v1/roles/{}/subscriptions": .name("OKTA_UPDATE"),
        "/api/v1/sessions": .other("<session>"),
        "/api/v1/users/{}/authenticator-enrollments": .seed(#"{"key":"phone","status":"ACTIVE"}"#),
        "/api/v1/users/{}/clients": .other("<app>"),
        "/api/v1/users/{}/clients/{}/tokens": .seed(#"{"status":"ACTIVE","scopes":["openid"]}"#),
        "/api/v1/users/{}/factors/{}/transactions": .pushTransaction,
        "/api/v1/users/{}/grants": .seed(
            #"{"clientId":"c","scopeId":"openid","status":"ACTIVE","issuer":"https://acme.okta.com"}"#),
        "/api/v1/users/{}/linkedObjects": .other("<relation>"), "/api/v1/users/{}/linkedObjects/{}": .other("<user>"),
        "/api/v1/users/{}/roles/{}/governance": .seed(#"{"type":"CUSTOM"}"#),
        "/api/v1/users/{}/subscriptions": .name("OKTA_UPDATE"),
        "/webauthn-registration/api/v1/users": .other("<user>"), "/oauth2": .other("<server>"),
        "/oauth2/v1/clients /roles": .other("<app>"),
    ].merging(targets) { first, _ in first }

    /// Targets of roles, for the three kinds of principals that have roles.
    private static let targets: [String: Object] = {
        var all: [String: Object] = [:]
        for holder in ["/api/v1/users/{}", "/api/v1/groups/{}", "/oauth2/v1/clients/{}"] {
            all["\(holder)/roles/{}/targets/catalog/apps"] = .name("oidc_client")
            all["\(holder)/roles/{}/targets/catalog/apps/{}"] = .other("<app>")
            all["\(holder)/roles/{}/targets/groups"] = .other("<group>")
        }
        return all
    }()

    /// Queries that an operation cannot do without.
    static let queries: [String: String] = [
        "GET /api/v1/policies": "?type=ACCESS_POLICY",
        "GET /api/v1/principal-rate-limits": "?filter=principalType%20eq%20%22SSWS_TOKEN%22",
        "POST /api/v1/apps/{}/credentials/keys/generate": "?validityYears=2",
        "POST /api/v1/apps/{}/credentials/keys/{}/clone": "?targetAid=<app>",
        "POST /api/v1/idps/{}/credentials/keys/generate": "?validityYears=2",
        "POST /api/v1/idps/{}/credentials/keys/{}/clone": "?targetIdpId=<idp>",
    ]

    /// Calls on the object that an operation is about, which bring it into the state that the operation needs: a method
    /// and a path behind the object's own, with a body.
    static let states: [String: [(method: String, path: String, body: String)]] = [
        "DELETE /api/v1/apps/{}": [("POST", "/lifecycle/deactivate", "")],
        "DELETE /api/v1/apps/{}/credentials/secrets/{}": [("POST", "/lifecycle/deactivate", "")],
        "DELETE /api/v1/apps/{}/group-push/mappings/{}": [("PATCH", "", #"{"status":"INACTIVE"}"#)],
        "POST /api/v1/users/{}/lifecycle/activate": [("POST", "/lifecycle/deactivate", "")],
        "POST /api/v1/users/{}/lifecycle/reactivate": [("POST", "/lifecycle/reset_password", "")],
        "POST /api/v1/users/{}/lifecycle/unsuspend": [("POST", "/lifecycle/suspend", "")],
    ]
}
