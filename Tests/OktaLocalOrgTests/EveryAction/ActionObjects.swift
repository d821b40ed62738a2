/// The objects for the placeholders of paths, by the path of the list, and by operation if they differ. Other objects
/// are created by the create action of the catalog.
enum ActionObjects {
    enum Object {
        /// An object that exists, or need not exist.
        case name(String)
        /// The first object of its list, identified by this member.
        case first(String)
        /// An object as the API shows it, without the id.
        case seed(String)
        /// An object of another kind, such as `<user>`.
        case other(String)
        /// An object created by a call below the list, with the response's member that is its id; `""` for the last
        /// segment of the path.
        case call(String, String, String, id: String)
        /// A pending push.
        case pushTransaction
    }

    static let all: [String: Object] = [
        "/api/v1/agentPools": .seed(#"{"name":"p","type":"AD"}"#), "/api/v1/api-tokens": .seed(#"{"name":"t"}"#),
        "/api/v1/apps/{}/credentials/keys": .first("kid"),
        // The key that an app begins with is the org's, which the other app has too.
        "POST /api/v1/apps/{}/credentials/keys/{}/clone /api/v1/apps/{}/credentials/keys": .call(
            "POST", "/generate?validityYears=2", "", id: "kid"),
        "/api/v1/apps/{}/credentials/jwks": .seed(#"{"kty":"RSA","status":"INACTIVE","kid":"k"}"#),
        "/api/v1/apps/{}/features": .name("USER_PROVISIONING"),
        "/api/v1/apps/{}/federated-claims": .seed(#"{"name":"c","expression":"user.email"}"#),
        "/api/v1/apps/{}/groups": .call("PUT", "/<group>", "{}", id: "id"),
        "PUT /api/v1/apps/{}/groups/{}": .other("<group>"), "/api/v1/apps/{}/policies": .other("<policy>"),
        "/api/v1/apps /{appId}": .name("google"), "/api/v1/apps/{} /oauth2": .other("<consentApp>"),
        "/api/v1/apps/{}": .other("<app>"),
        "/api/v1/apps/{}/interclient-allowed-apps": .call(
            "POST", "", #"{"id":"<app>"}"#, id: "trustedAppInstanceId"),
        "/api/v1/authenticators /methods": .other("<phone>"), "/api/v1/authenticators/{}/methods": .first("type"),
        "/api/v1/authenticators /aaguids": .other("<securityKey>"),
        "POST /api/v1/authenticators/{}/methods/{}/verify-rp-id-domain /api/v1/authenticators": .other(
            "<ownDomainKey>"),
        // No policy offers it.
        "POST /api/v1/authenticators/{}/lifecycle/deactivate /api/v1/authenticators": .other("<question>"),
        "/api/v1/authorizationServers/{}/clients": .other("<app>"),
        "/api/v1/authorizationServers/{}/clients/{}/tokens": .seed(#"{"status":"ACTIVE"}"#),
        "/api/v1/authorizationServers/{}/credentials/keys": .first("kid"),
        "/api/v1/brands/{}/templates/email": .name("UserActivation"), "/api/v1/brands/{}/themes": .first("id"),
        "/api/v1/brands/{}/well-known-uris": .name("assetlinks.json"),
        "/api/v1/device-integrations": .seed(#"{"name":"i","status":"ACTIVE"}"#),
        "/api/v1/device-posture-checks": .seed(#"{"name":"c"}"#),
        "/api/v1/devices": .seed(
            #"{"status":"ACTIVE","profile":{"displayName":"d","platform":"IOS","registered":true}}"#),
        "/api/v1/directories": .other("<app>"), "/api/v1/directories/{}/groups": .other("<directoryGroup>"),
        "/api/v1/directories/{}/groups/{}/query": .call("POST", "", #"{"attributes":["name"]}"#, id: "resultId"),
        "/api/v1/dr/status": .name("local.okta.com"),
        "/api/v1/features": .first("id"), "/api/v1/features/{}": .name("ENABLE"),
        "/api/v1/first-party-app-settings": .name("admin-console"),
        "/api/v1/groups/{}/users": .call("PUT", "/<user>", "", id: ""),
        "PUT /api/v1/groups/{}/users/{}": .other("<user>"),
        "/api/v1/hook-keys/public": .other("<hookKey>"),
        "/api/v1/iam/roles/{}/permissions": .call("POST", "/okta.groups.read", "{}", id: ""),
        "/api/v1/iam/resource-sets/{}/bindings/{}/members": .first("id"),
        "/api/v1/iam/resource-sets/{}/resources": .first("id"),
        "/api/v1/iam/governance/bundles/{}/entitlements": .first("id"),
        "/api/v1/identity-sources": .name("src1"),
        "/api/v1/identity-sources/{}/users": .seed(ActionBodies.imported),
        "/api/v1/identity-sources/{}/groups": .seed(
            #"{"externalId":"g","profile":{"displayName":"G"},"memberExternalIds":["m"]}"#),
        "/api/v1/identity-sources/{}/groups/{}/membership": .name("m"),
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
        "/api/v1/users/{}/authenticator-enrollments": .call("POST", "/phone", ActionBodies.phone, id: "id"),
        "/api/v1/users/{}/clients": .other("<app>"),
        "/api/v1/users/{}/clients/{}/tokens": .seed(#"{"status":"ACTIVE","scopes":["openid"]}"#),
        "/api/v1/users/{}/factors/{}/transactions": .pushTransaction,
        "/api/v1/users/{}/grants": .seed(
            #"{"clientId":"c","scopeId":"openid","status":"ACTIVE","issuer":"https://acme.okta.com"}"#),
        "/api/v1/users/{}/linkedObjects": .other("<relation>"), "/api/v1/users/{}/linkedObjects/{}": .other("<user>"),
        "/api/v1/users/{}/roles/{}/governance": .seed(#"{"type":"CUSTOM"}"#),
        "/api/v1/users/{}/subscriptions": .name("OKTA_UPDATE"),
        "/webauthn-registration/api/v1/users": .other("<user>"),
        "/webauthn-registration/api/v1/users/{}/enrollments": .seed(
            #"{"factorType":"webauthn","status":"PENDING_ACTIVATION"}"#), "/oauth2": .other("<server>"),
        "/oauth2/v1/clients /roles": .other("<app>"), "/oauth2/v1/clients": .other("<app>"),
    ].merging(targets) { first, _ in first }.merging(governed) { first, _ in first }

    /// The objects of governance and MyAccount.
    private static let governed: [String: Object] = [
        "/governance/api/v1/entitlements/{}/values": .first("id"),
        "/governance/api/v2/request-sequences": .other("<sequence>"),
        "/governance/api/v2/resources/{}/request-sequences": .seed(
            #"{"name":"s","description":"Managers approve","link":"https://acme.okta.com/sequences/s"}"#),
        "/governance/api/v1/principal-settings": .other("<user>"), "/governance/api/v1/reviews": .other("<review>"),
        "/governance/api/v2/resources": .other("<app>"), "/governance/api/v2/tasks": .other("<task>"),
        "/governance/api/v2/my/tasks": .other("<task>"), "/governance/api/v2/catalogs/default/user": .other("<user>"),
        "/governance/api/v2/catalogs/default/entries": .other("<entry>"),
        "/governance/api/v2/my/catalogs/default/entries": .other("<entry>"),
        "/governance/api/v2/security-access-reviews": .other("<accessReview>"),
        "/governance/api/v2/security-access-reviews/{}/accesses": .first("id"),
        "/governance/api/v2/my/security-access-reviews": .other("<accessReview>"),
        "/governance/api/v2/my/security-access-reviews/{}/accesses": .first("id"),
        "/governance/api/v1/my/campaigns": .other("<campaign>"),
        "/governance/api/v1/my/campaigns/{}/reviews": .other("<review>"),
        "/governance/api/v1/my/campaigns/{}/reviews/{}/agent-resource-connections": .name("wlp1"),
        "/governance/api/v1/my/campaigns/{}/reviews/bulk-decisions/jobs": .other("<bulkJob>"),
        "/governance/api/v2/catalogs/default/entries/{}/users": .other("<user>"),
        "/governance/api/v2/my/catalogs/default/entries/{}/users": .other("<user>"),
        "/idp/myaccount/webauthn": .other("<myKey>"), "/idp/myaccount/app-authenticators": .other("<myApp>"),
        "/idp/myaccount/app-authenticators/challenge": .other("<pushChallenge>"),
        "/idp/myaccount/authenticators": .other("<password>"),
        "/idp/myaccount/authenticators/{}/enrollments": .first("id"),
    ]

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

    /// Queries that operations require.
    static let queries: [String: String] = [
        "GET /api/v1/policies": "?type=ACCESS_POLICY",
        "GET /api/v1/principal-rate-limits": "?filter=principalType%20eq%20%22SSWS_TOKEN%22",
        "POST /api/v1/apps/{}/credentials/keys/generate": "?validityYears=2",
        "POST /api/v1/apps/{}/credentials/keys/{}/clone": "?targetAid=<app>",
        "POST /api/v1/idps/{}/credentials/keys/generate": "?validityYears=2",
        "POST /api/v1/idps/{}/credentials/keys/{}/clone": "?targetIdpId=<idp>",
        "GET /api/v1/ssf/stream": "?stream_id=<stream>", "DELETE /api/v1/ssf/stream": "?stream_id=<stream>",
        "GET /api/v1/ssf/stream/status": "?stream_id=<stream>",
        "GET /governance/api/v1/entitlements": "?filter=parent.externalId%20eq%20%22<entitledApp>%22",
        "GET /governance/api/v1/entitlements/values": "?filter=parent.externalId%20eq%20%22<entitledApp>%22",
        "GET /governance/api/v1/grants": "?filter=target.externalId%20eq%20%22<grantedApp>%22",
        "GET /governance/api/v1/principal-access": principalFilter,
        "GET /governance/api/v1/principal-entitlements": principalFilter,
        "GET /governance/api/v1/resource-labels": "?filter=labelValueId%20eq%20%22<usedLabelValue>%22",
        "GET /governance/api/v2/catalogs/default/entries": topEntries,
        "GET /governance/api/v2/catalogs/default/user/{}/entries": topEntries,
        "GET /governance/api/v2/my/catalogs/default/entries": topEntries,
        "GET /governance/api/v1/resource-owners": appFilter,
        "GET /governance/api/v1/resource-owners/catalog/resources": appFilter,
        "GET /governance/api/v1/principal-entitlements/history": """
        ?filter=principal.externalId%20eq%20%22<user>%22%20and%20principal.type%20eq%20%22OKTA_USER%22%20and%20\
        resource.externalId%20eq%20%22<app>%22%20and%20resource.type%20eq%20%22APPLICATION%22
        """,
        "GET /governance/api/v1/my/settings/delegate/users": "?filter=firstName%20sw%20%22A%22",
        "GET /governance/api/v2/my/catalogs/default/entries/{}/users": "?filter=firstName%20sw%20%22A%22",
        "GET /.well-known/app-authenticator-configuration": "?oauthClientId=<app>",
        "POST /api/v1/apps/{}/{}/oauth2/callback": "?code=c&state=s",
    ]
    private static let appFilter = "?filter=parentResourceOrn%20eq%20%22<appOrn>%22"
    private static let principalFilter = """
        ?filter=parent.externalId%20eq%20%22<entitledApp>%22%20and%20targetPrincipal.externalId%20eq%20%22<user>%22
        """
    private static let topEntries = "?filter=not(parent%20pr)"

    /// Objects that an operation needs, although neither its path nor its body names them.
    static let needs: [String: String] = [
        "GET /api/v1/org/privacy/aerial": "<aerial>",
        "POST /idp/myaccount/webauthn/registration": "<activeSecurityKey>",
        "GET /governance/api/v2/catalogs/default/entries": "<entry>",
        "GET /governance/api/v2/catalogs/default/user/{}/entries": "<entry>",
        "GET /governance/api/v2/my/catalogs/default/entries": "<entry>",
        "POST /governance/api/v2/security-access-reviews/{}/summary": "<summaries>",
        "POST /governance/api/v2/security-access-reviews/{}/accesses/{}/summary": "<summaries>",
        "POST /governance/api/v2/my/security-access-reviews/{}/summary": "<summaries>",
        "POST /governance/api/v2/my/security-access-reviews/{}/accesses/{}/summary": "<summaries>",
        "POST /idp/myaccount/password": "<noPassword>", "GET /idp/myaccount/phones": "<activePhone>",
        "POST /idp/myaccount/phones": "<activePhone>", "GET /idp/myaccount/phones/{}": "<activePhone>",
        "DELETE /idp/myaccount/phones/{}": "<activePhone>", "POST /idp/myaccount/phones/{}/verify": "<activePhone>",
        "POST /idp/myaccount/phones/{}/challenge": "<activePhone>",
    ]

    /// Calls that bring an operation's object into the required state: a method and a path after the object's own, with
    /// a body.
    typealias Calls = [(method: String, path: String, body: String)]
    private static let inactive: Calls = [("POST", "/lifecycle/deactivate", "")]
    private static func put(_ path: String) -> Calls { [("PUT", path, "{}")] }
    static let states: [String: Calls] = [
        "DELETE /api/v1/apps/{}": inactive,
        "DELETE /api/v1/authorizationServers/{}/resourceservercredentials/keys/{}": inactive,
        "DELETE /api/v1/apps/{}/credentials/secrets/{}": inactive,
        "DELETE /api/v1/devices/{}": inactive, "DELETE /api/v1/eventHooks/{}": inactive,
        "DELETE /api/v1/inlineHooks/{}": inactive, "DELETE /api/v1/telephony-providers/{}": inactive,
        "DELETE /api/v1/zones/{}": inactive,
        "DELETE /integrations/api/v1/api-services/{}/credentials/secrets/{}": inactive,
        "GET /api/v1/brands/{}/pages/error/customized": put("/pages/error/customized"),
        "GET /api/v1/brands/{}/pages/error/preview": put("/pages/error/preview"),
        "GET /api/v1/brands/{}/pages/sign-in/customized": put("/pages/sign-in/customized"),
        "GET /api/v1/brands/{}/pages/sign-in/preview": put("/pages/sign-in/preview"),
        "POST /api/v1/devices/{}/lifecycle/unsuspend": [("POST", "/lifecycle/suspend", "")],
        "POST /api/v1/agentPools/{}/updates/{}/resume": [("POST", "/pause", "")],
        "POST /api/v1/agentPools/{}/updates/{}/retry": [("POST", "/deactivate", "")],
        "POST /governance/api/v1/campaigns/{}/end": [("POST", "/launch", "")],
        "POST /governance/api/v1/campaigns/{}/reviews/reassign": [("POST", "/launch", "")],
        "POST /governance/api/v2/resources/{}/request-conditions/{}/deactivate": [("POST", "/activate", "")],
        "DELETE /api/v1/apps/{}/group-push/mappings/{}": [("PATCH", "", #"{"status":"INACTIVE"}"#)],
        "POST /api/v1/users/{}/lifecycle/activate": [("POST", "/lifecycle/deactivate", "")],
        "POST /api/v1/users/{}/lifecycle/reactivate": [("POST", "/lifecycle/reset_password", "")],
        "POST /api/v1/users/{}/lifecycle/unsuspend": [("POST", "/lifecycle/suspend", "")],
    ]
}
