/// Bodies of requests that need more members than their model requires, by operation. `<n>` is replaced by a unique
/// number, and `<user>`, `<group>` and similar placeholders by a new object, as in ``ActionObjects``.
enum ActionBodies {
    private static let rule = """
        {"type":"group_rule","name":"r<n>","conditions":{"expression":{"type":"urn:okta:expression:1.0",\
        "value":"user.department==\\"Sales\\""}},"actions":{"assignUserToGroups":{"groupIds":["<group>"]}}}
        """
    private static let profile = #"{"login":"u<n>@example.com","email":"u@example.com","firstName":"A","lastName":"B"}"#
    private static let app = """
        {"name":"oidc_client","label":"App <n>","signOnMode":"OPENID_CONNECT","credentials":{"oauthClient":\
        {"token_endpoint_auth_method":"client_secret_basic"}},"settings":{"oauthClient":{"application_type":"web",\
        "grant_types":["authorization_code"],"redirect_uris":["https://example.com"]}}}
        """
    private static let authPolicy = """
        {"name":"p<n>","type":"OAUTH_AUTHORIZATION_POLICY","description":"d","priority":1,\
        "conditions":{"clients":{"include":["ALL_CLIENTS"]}}}
        """
    private static let authRule = """
        {"name":"r<n>","type":"RESOURCE_ACCESS","conditions":{"people":{"groups":{"include":["EVERYONE"]}},\
        "grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},\
        "actions":{"token":{"accessTokenLifetimeMinutes":60}}}
        """
    /// The modulus of a key of 2,048 bits.
    private static let modulus = "v" + String(repeating: "A", count: 341)
    private static let password = #"{"value":"Password-1234"}"#
    static let phone = #"{"authenticatorId":"<activePhone>","profile":{"phoneNumber":"+15551234567"}}"#
    private static let question = #"{"question":"Who is it?","answer":"nobody"}"#

    /// An app with a key and a certificate, and one that signs in without a secret.
    static let samlApp =
        #"{"label":"S<n>","signOnMode":"SAML_2_0","settings":{"signOn":{"ssoAcsUrl":"https://a.example"}}}"#
    static let publicApp = """
        {"name":"oidc_client","label":"P<n>","signOnMode":"OPENID_CONNECT","credentials":{"oauthClient":\
        {"token_endpoint_auth_method":"none"}},"settings":{"oauthClient":{"application_type":"native",\
        "grant_types":["authorization_code","urn:ietf:params:oauth:grant-type:device_code"],\
        "redirect_uris":["com.example:/callback"]}}}
        """

    /// The bodies of all areas.
    static let texts = management.merging(settings) { first, _ in first }.merging(governance) { first, _ in first }
        .merging(account) { first, _ in first }.merging(sources) { first, _ in first }

    private static let management: [String: String] = [
        "POST /api/v1/users":
            #"{"profile":\#(profile),"credentials":{"password":\#(password),"recovery_question":\#(question)}}"#,
        "PUT /api/v1/users/{}": #"{"profile":\#(profile)}"#,
        "POST /api/v1/users/{}": #"{"profile":{"nickName":"n"}}"#,
        "POST /api/v1/users/{}/credentials/change_password":
            #"{"oldPassword":\#(password),"newPassword":{"value":"Another-5678"}}"#,
        "POST /api/v1/users/{}/credentials/change_recovery_question":
            #"{"password":\#(password),"recovery_question":\#(question)}"#,
        "POST /api/v1/users/{}/credentials/forgot_password_recovery_question":
            #"{"password":{"value":"Another-5678"},"recovery_question":{"answer":"nobody"}}"#,
        "POST /api/v1/users/{}/factors": #"{"factorType":"sms","profile":{"phoneNumber":"+15551234567"}}"#,
        "POST /api/v1/users/{}/factors/{}/lifecycle/activate": #"{"passCode":"<passcode>"}"#,
        "POST /api/v1/users/{}/factors/{}/resend": #"{"factorType":"sms"}"#,
        "POST /api/v1/users/{}/roles": #"{"type":"HELP_DESK_ADMIN"}"#,
        "POST /api/v1/groups/{}/roles": #"{"type":"HELP_DESK_ADMIN"}"#,
        "POST /oauth2/v1/clients/{}/roles": #"{"type":"HELP_DESK_ADMIN"}"#,
        "PUT /api/v1/users/{}/classification": #"{"type":"LITE"}"#,
        "POST /api/v1/groups": #"{"profile":{"name":"g<n>"}}"#,
        "PUT /api/v1/groups/{}": #"{"profile":{"name":"g<n>"}}"#,
        "POST /api/v1/groups/{}/owners": #"{"id":"<user>","type":"USER"}"#,
        "POST /api/v1/groups/rules": rule, "PUT /api/v1/groups/rules/{}": rule,
        "POST /api/v1/apps": app, "PUT /api/v1/apps/{}": app,
        "POST /api/v1/apps/{}/credentials/jwks": #"{"kty":"RSA","kid":"k<n>","e":"AQAB","n":"\#(modulus)"}"#,
        "POST /api/v1/apps/{}/interclient-allowed-apps": #"{"id":"<app>"}"#,
        "POST /api/v1/apps/{}/cwo/connections": #"{"resourceAppInstanceId":"<app>"}"#,
        "POST /api/v1/users/{}/authenticator-enrollments/phone": phone,
        "POST /api/v1/users/{}/authenticator-enrollments/tac": #"{"authenticatorId":"<accessCode>"}"#,
        "POST /api/v1/authorizationServers/{}/resourceservercredentials/keys":
            #"{"kty":"RSA","use":"enc","kid":"k<n>","e":"AQAB","n":"\#(modulus)"}"#,
        "POST /oauth2/v1/global-token-revocation": #"{"sub_id":{"format":"opaque","id":"<user>"}}"#,
        "POST /oauth2/v1/clients": #"{"client_name":"c<n>","redirect_uris":["https://example.com"]}"#,
        "PUT /oauth2/v1/clients/{}": #"{"client_name":"c<n>","redirect_uris":["https://example.com"]}"#,
        "POST /api/v1/apps/{}/users": #"{"id":"<user>"}"#,
        "POST /api/v1/apps/{}/group-push/mappings": #"{"sourceGroupId":"<group>","targetGroupName":"t<n>"}"#,
        "PATCH /api/v1/apps/{}/groups/{}": #"[{"op":"replace","path":"/priority","value":2}]"#,
        "PUT /api/v1/apps/{}/features/{}":
            #"{"create":{"lifecycleCreate":{"status":"ENABLED"}}}"#,
        "POST /api/v1/agentPools/{}/updates": #"{"name":"u<n>","agentType":"AD","agents":[{"id":"a"}]}"#,
        "POST /api/v1/agentPools/{}/updates/{}": #"{"name":"u<n>","agentType":"AD","agents":[{"id":"a"}]}"#,
        "POST /api/v1/authorizationServers": #"{"name":"s<n>","audiences":["api://s"]}"#,
        "PUT /api/v1/authorizationServers/{}": #"{"name":"s<n>","audiences":["api://s"]}"#,
        "POST /api/v1/authorizationServers/{}/scopes": #"{"name":"s<n>"}"#,
        "PUT /api/v1/authorizationServers/{}/scopes/{}": #"{"name":"s<n>"}"#,
        "POST /api/v1/authorizationServers/{}/claims":
            #"{"name":"c<n>","value":"user.email","valueType":"EXPRESSION","claimType":"RESOURCE"}"#,
        "PUT /api/v1/authorizationServers/{}/claims/{}":
            #"{"name":"c<n>","value":"user.email","valueType":"EXPRESSION","claimType":"RESOURCE"}"#,
        "POST /api/v1/authorizationServers/{}/policies": authPolicy,
        "PUT /api/v1/authorizationServers/{}/policies/{}": authPolicy,
        "POST /api/v1/authorizationServers/{}/policies/{}/rules": authRule,
        "PUT /api/v1/authorizationServers/{}/policies/{}/rules/{}": authRule,
        "POST /api/v1/authorizationServers/{}/associatedServers": #"{"trusted":["<server>"]}"#,
        "POST /api/v1/authorizationServers/{}/credentials/lifecycle/keyRotate": #"{"use":"sig"}"#,
        "POST /api/v1/apps/{}/federated-claims": #"{"name":"c<n>","expression":"user.email"}"#,
        "PUT /api/v1/apps/{}/federated-claims/{}": #"{"name":"c<n>","expression":"user.email"}"#,
        "POST /api/v1/iam/roles": #"{"label":"r<n>","description":"d","permissions":["okta.users.read"]}"#,
        "PUT /api/v1/iam/roles/{}": #"{"label":"r<n>","description":"d"}"#,
        "POST /api/v1/iam/resource-sets":
            #"{"label":"s<n>","description":"d","resources":["orn:okta:directory:o:users"]}"#,
        "PUT /api/v1/iam/resource-sets/{}": #"{"label":"s<n>","description":"d"}"#,
        "POST /api/v1/iam/resource-sets/{}/bindings":
            #"{"role":"<role>","members":["https://acme.okta.com/api/v1/users/<user>"]}"#,
        "PATCH /api/v1/iam/resource-sets/{}/bindings/{}/members":
            #"{"additions":["https://acme.okta.com/api/v1/users/<user>"]}"#,
        "POST /oauth2/v1/device/authorize": "client_id=<public>&scope=openid",
        "POST /oauth2/v1/introspect": "client_id=<public>&token=t",
        "POST /oauth2/v1/revoke": "client_id=<public>&token=t",
        "POST /oauth2/{}/v1/device/authorize": "client_id=<public>&scope=openid",
        "POST /oauth2/{}/v1/introspect": "client_id=<public>&token=t",
        "POST /oauth2/{}/v1/revoke": "client_id=<public>&token=t",
        "POST /api/v1/meta/types/user": #"{"name":"t<n>","displayName":"T","description":"d"}"#,
        "POST /api/v1/meta/schemas/user/linkedObjects":
            #"{"primary":{"name":"p<n>","title":"P","type":"USER"},"associated":{"name":"a<n>","title":"A","type":"USER"}}"#,
        "POST /api/v1/policies": #"{"type":"ACCESS_POLICY","name":"p<n>"}"#,
        "PUT /api/v1/policies/{}": #"{"type":"ACCESS_POLICY","name":"p<n>"}"#,
        "POST /api/v1/policies/{}/rules": #"{"type":"ACCESS_POLICY","name":"r<n>"}"#,
        "PUT /api/v1/policies/{}/rules/{}": #"{"type":"ACCESS_POLICY","name":"r<n>"}"#,
        "POST /api/v1/realms": #"{"profile":{"name":"r<n>"}}"#,
        "PUT /api/v1/realms/{}": #"{"profile":{"name":"r<n>"}}"#,
        "POST /api/v1/sessions": #"{"sessionToken":"<sessionToken>"}"#,
    ]
}
