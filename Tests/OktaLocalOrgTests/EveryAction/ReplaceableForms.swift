import OktaRuntime
import Testing

/// Bodies for each form that an object of one kind can have. `<0>` is the id of the first object of the scene.
enum ReplaceableForms {
    struct Form: Sendable, CustomTestStringConvertible {
        let list: String
        let body: String
        var scene: [Call] = []

        var testDescription: String { "\(list) \(body.prefix(100))" }
    }

    /// A call that creates an object which a form names.
    struct Call: Sendable {
        let method = "POST"
        let path: String
        let body: JSON
    }

    static let all: [Form] =
        apps.map { Form(list: "/api/v1/apps", body: $0) }
        + rules + providers + inServers
        + others.flatMap { list, bodies in bodies.map { Form(list: list, body: $0) } }
        + policies.map { Form(list: "/api/v1/policies", body: #"{"type":"\#($0)","name":"P"}"#) }
        + users.map { query, more in Form(list: "/api/v1/users\(query)", body: #"{"profile":\#(profile)\#(more)}"#) }

    private static let profile = #"{"login":"a@b.example","email":"a@b.example","firstName":"A","lastName":"B"}"#

    private static let apps = [
        #"{"name":"oidc_client","label":"A","signOnMode":"OPENID_CONNECT"}"#,
        #"{"name":"oidc_client","label":"A","signOnMode":"OPENID_CONNECT","settings":{"oauthClient":null}}"#,
        """
        {"name":"oidc_client","label":"A","signOnMode":"OPENID_CONNECT",\
        "credentials":{"oauthClient":{"token_endpoint_auth_method":"none"}}}
        """,
        """
        {"name":"oidc_client","label":"A","signOnMode":"OPENID_CONNECT","settings":{"oauthClient":\
        {"application_type":"web","grant_types":["authorization_code","refresh_token"],"response_types":["code"],\
        "redirect_uris":["https://a.example"]}}}
        """,
        """
        {"name":"oidc_client","label":"A","signOnMode":"OPENID_CONNECT",\
        "credentials":{"oauthClient":{"token_endpoint_auth_method":"private_key_jwt"}},"settings":{"oauthClient":\
        {"application_type":"service","grant_types":["client_credentials"],"response_types":["token"],\
        "jwks":{"keys":[{"kty":"RSA","kid":"k","e":"AQAB","n":"v\(String(repeating: "A", count: 341))"}]}}}}
        """,
        """
        {"name":"oidc_client","label":"A","signOnMode":"OPENID_CONNECT","settings":{"oauthClient":\
        {"application_type":"native","grant_types":["implicit","urn:openid:params:grant-type:ciba"],\
        "response_types":["token","id_token"],"redirect_uris":["a:/b"]}}}
        """,
        #"{"label":"A","signOnMode":"SAML_2_0"}"#,
        """
        {"label":"A","signOnMode":"SAML_2_0","settings":{"signOn":{"defaultRelayState":"",\
        "ssoAcsUrl":"https://a.example","audience":"a","attributeStatements":\
        [{"type":"EXPRESSION","name":"a","namespace":"n","values":["b"]}]}}}
        """,
        #"{"name":"template_saml_1_1","label":"A","signOnMode":"SAML_1_1","settings":{"app":{}}}"#,
        #"{"name":"bookmark","label":"A","signOnMode":"BOOKMARK","settings":{"app":{"url":"https://a.example"}}}"#,
        """
        {"name":"template_basic_auth","label":"A","signOnMode":"BASIC_AUTH",\
        "settings":{"app":{"url":"https://a.example","authURL":"https://a.example"}}}
        """,
        """
        {"name":"template_swa","label":"A","signOnMode":"BROWSER_PLUGIN","settings":{"app":\
        {"buttonField":"b","passwordField":"p","usernameField":"u","url":"https://a.example"}}}
        """,
        """
        {"name":"template_sps","label":"A","signOnMode":"SECURE_PASSWORD_STORE","settings":{"app":\
        {"url":"https://a.example","passwordField":"p","usernameField":"u"}}}
        """,
        """
        {"label":"A","signOnMode":"AUTO_LOGIN","settings":{"signOn":{"loginUrl":"https://a.example"}},\
        "credentials":{"scheme":"SHARED_USERNAME_AND_PASSWORD","userName":"u","password":{"value":"p"}}}
        """,
        #"{"name":"pagerduty","label":"A","signOnMode":"SAML_2_0","settings":{"app":{"subdomain":"a"}}}"#,
        #"{"name":"office365","label":"A","signOnMode":"BROWSER_PLUGIN","settings":{"app":{"domain":"a"}}}"#,
        #"{"name":"google","label":"A","signOnMode":"AUTO_LOGIN","settings":{"app":{"domain":"a"}}}"#,
        #"{"name":"aws_console","label":"A","signOnMode":"OPENID_CONNECT"}"#,
        #"{"name":"active_directory","label":"A"}"#,
    ]

    private static let policies = ["OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL", "ACCESS_POLICY", "PROFILE_ENROLLMENT"]

    private static let rules = [
        ("OKTA_SIGN_ON", "SIGN_ON"), ("PASSWORD", "PASSWORD"), ("MFA_ENROLL", "MFA_ENROLL"),
        ("ACCESS_POLICY", "ACCESS_POLICY"),
    ].map { policy, rule in
        Form(
            list: "/api/v1/policies/<0>/rules", body: #"{"type":"\#(rule)","name":"R"}"#,
            scene: [Call(path: "/api/v1/policies", body: ["type": JSON(policy), "name": "P"])])
    }

    private static let users: [(query: String, more: String)] = [
        ("?activate=false", ""), ("", ""),
        (
            "",
            #","credentials":{"password":{"value":"Password-1234"},"recovery_question":{"question":"Q","answer":"abcd"}}"#
        ),
        ("", #","credentials":{"password":{"hash":{"algorithm":"SHA-256","value":"AAAA"}}}"#),
        ("?provider=true", #","credentials":{"provider":{"type":"FEDERATION","name":"FEDERATION"}}"#),
    ]

    private static let policy = """
        "policy":{"accountLink":{"action":"AUTO"},"provisioning":{"action":"AUTO"},"subject":\
        {"userNameTemplate":{"template":"idpuser.email"},"matchType":"USERNAME"}}
        """
    private static let providers = ["GOOGLE", "FACEBOOK", "LINKEDIN", "MICROSOFT", "GITHUB", "GITLAB"].map { type in
        Form(
            list: "/api/v1/idps",
            body: """
                {"type":"\(type)","name":"I","protocol":{"type":"OAUTH2","scopes":["openid"],"credentials":\
                {"client":{"client_id":"a","client_secret":"b"}}},\(policy)}
                """)
    }

    private static let server = Call(path: "/api/v1/authorizationServers", body: ["name": "S", "audiences": ["a"]])
    private static let inServers = [
        ("scopes", #"{"name":"x"}"#), ("scopes", #"{"name":"x","consent":"REQUIRED","default":true}"#),
        ("claims", #"{"name":"c","valueType":"EXPRESSION","claimType":"RESOURCE","value":"user.email"}"#),
        (
            "claims",
            #"{"name":"c","valueType":"GROUPS","claimType":"IDENTITY","value":"a","group_filter_type":"STARTS_WITH"}"#
        ),
        ("policies", #"{"name":"p","type":"OAUTH_AUTHORIZATION_POLICY"}"#),
    ].map { Form(list: "/api/v1/authorizationServers/<0>/\($0.0)", body: $0.1, scene: [server]) }

    private static let channel = """
        "channel":{"type":"HTTP","version":"1.0.0","config":{"uri":"https://a.example","method":"POST",\
        "headers":[{"key":"a","value":"b"}],"authScheme":{"type":"HEADER","key":"k","value":"v"}}}
        """
    private static let others: [String: [String]] = [
        "/api/v1/zones": [
            #"{"type":"IP","name":"z","gateways":[{"type":"RANGE","value":"192.0.2.1"}]}"#,
            #"{"type":"DYNAMIC","name":"z","locations":[{"country":"AF"}],"proxyType":"","asns":["2232"]}"#,
            #"{"type":"DYNAMIC_V2","name":"z","asns":{"include":["1"]}}"#,
            #"{"type":"DYNAMIC_V2","name":"z","ipServiceCategories":{"include":["ALL_PROXIES_VPNS"]}}"#,
        ],
        "/api/v1/behaviors": [
            #"{"type":"ANOMALOUS_LOCATION","name":"b"}"#, #"{"type":"VELOCITY","name":"b"}"#,
            #"{"type":"ANOMALOUS_IP","name":"b"}"#, #"{"type":"ANOMALOUS_DEVICE","name":"b"}"#,
        ],
        "/api/v1/device-assurances": [
            #"{"name":"d","platform":"IOS","osVersion":{"minimum":"12.4.5"},"jailbreak":false}"#,
            #"{"name":"d","platform":"MACOS","secureHardwarePresent":true}"#,
            #"{"name":"d","platform":"WINDOWS","diskEncryptionType":{"include":["ALL_INTERNAL_VOLUMES"]}}"#,
            #"{"name":"d","platform":"CHROMEOS","thirdPartySignalProviders":{"dtc":{"osFirewall":true}}}"#,
        ],
        "/api/v1/eventHooks": [
            #"{"name":"e","events":{"type":"EVENT_TYPE","items":["user.lifecycle.create"]},\#(channel)}"#
        ],
        "/api/v1/inlineHooks": [
            #"{"name":"h","type":"com.okta.oauth2.tokens.transform","version":"1.0.0",\#(channel)}"#
        ],
        "/api/v1/logStreams": [
            """
            {"type":"splunk_cloud_logstreaming","name":"l","settings":{"edition":"aws","host":"a.splunkcloud.com",\
            "token":"58A7C8D6-4E2F-4C3B-8F5B-D4E2F3A4B5C6"}}
            """
        ],
        "/api/v1/trustedOrigins": [
            #"{"name":"o","origin":"https://o.example","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}"#
        ],
        "/api/v1/groups": [#"{"profile":{"name":"g"}}"#, #"{"profile":{"name":"g","description":""}}"#],
        "/api/v1/realms": [#"{"profile":{"name":"r","realmType":"PARTNER","domains":["a.example"]}}"#],
    ]
}
