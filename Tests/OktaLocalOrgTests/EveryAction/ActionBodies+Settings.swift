extension ActionBodies {
    private static let hook = """
        "channel":{"type":"HTTP","version":"1.0.0","config":{"uri":"https://example.com/hook","method":"POST",\
        "authScheme":{"type":"HEADER","key":"k","value":"v"}}}
        """
    private static let provider = """
        {"type":"GOOGLE","name":"i<n>","protocol":{"type":"OIDC","scopes":["openid"],"credentials":{"client":\
        {"client_id":"a","client_secret":"b"}}},"policy":{"accountLink":{"action":"AUTO"},\
        "provisioning":{"action":"AUTO"},"subject":{"userNameTemplate":{"template":"idpuser.email"},\
        "matchType":"USERNAME"}}}
        """
    private static let device = #"{"name":"d<n>","platform":"ANDROID","osVersion":{"minimum":"12"}}"#
    private static let uiSchema =
        #"{"uiSchema":{"buttonLabel":"b","label":"l","type":"Group","elements":[]}}"#
    private static let email = #"{"language":"en","isDefault":true,"subject":"s","body":"${activationLink}"}"#
    private static let zone = """
        {"type":"IP","name":"z<n>","status":"ACTIVE","usage":"POLICY",\
        "gateways":[{"type":"CIDR","value":"192.0.2.0/24"}]}
        """
    private static let logStream = """
        {"type":"aws_eventbridge","name":"l<n>","settings":{"accountId":"123456789012",\
        "eventSourceName":"s","region":"us-east-2"}}
        """
    private static let serviceAccount = """
        {"name":"a<n>","containerOrn":"orn:okta:idp:o:apps:oidc_client:<app>","username":"svc","password":"Secret-1"}
        """
    private static let sms = #"{"name":"s<n>","type":"SMS_VERIFY_CODE","template":"Your code is ${code}."}"#
    private static let assignment = """
        {"name":"a<n>","priority":1,"conditions":{"profileSourceId":"<app>","expression":{"value":\
        "user.profile.department==\\"Sales\\""}},"actions":{"assignUserToRealm":{"realmId":"<realm>"}}}
        """
    private static let delivery = """
        "delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://example.com/events"},"events_requested":\
        ["https://schemas.openid.net/secevent/caep/event-type/session-revoked"]
        """
    private static let changedStream = """
        {"stream_id":"<stream>","aud":"https://example.com","iss":"https://acme.okta.com","format":"iss_sub",\(delivery)}
        """
    static let stream = "{\(delivery)}"
    private static let aaguid = #"{"name":"k<n>","attestationRootCertificates":[]}"#
    private static let theme = """
        {"primaryColorHex":"#1662dd","secondaryColorHex":"#ebebed","signInPageTouchPointVariant":"OKTA_DEFAULT",\
        "endUserDashboardTouchPointVariant":"OKTA_DEFAULT","errorPageTouchPointVariant":"OKTA_DEFAULT",\
        "emailTemplateTouchPointVariant":"OKTA_DEFAULT"}
        """
    static let imported = """
        {"externalId":"e<n>","profile":{"userName":"i<n>@example.com","email":"i@example.com","firstName":"A",\
        "lastName":"B"}}
        """
    private static let pem = """
        {"type":"PEM","certificate":"-----BEGIN CERTIFICATE-----\\nA\\n-----END CERTIFICATE-----","certificateChain":\
        "-----BEGIN CERTIFICATE-----\\nA\\n-----END CERTIFICATE-----","privateKey":\
        "-----BEGIN PRIVATE KEY-----\\nA\\n-----END PRIVATE KEY-----"}
        """
    private static let simulation = """
        {"appInstance":"<app>","policyTypes":["OKTA_SIGN_ON","ACCESS_POLICY"],"policyContext":{"user":{"id":"<user>"}}}
        """

    /// Brands, hooks, devices, identity providers, zones, streams, messages and realms.
    static let settings: [String: String] = [
        "POST /security/api/v1/security-events": "<securityEvent>",
        "POST /api/v1/zones": zone, "PUT /api/v1/zones/{}": zone,
        "POST /api/v1/logStreams": logStream,
        "PUT /api/v1/logStreams/{}": logStream,
        "POST /api/v1/templates/sms": sms, "POST /api/v1/templates/sms/{}": sms, "PUT /api/v1/templates/sms/{}": sms,
        "POST /api/v1/realm-assignments": assignment, "PUT /api/v1/realm-assignments/{}": assignment,
        "POST /api/v1/realm-assignments/operations": #"{"assignmentId":"<assignment>"}"#,
        "POST /api/v1/ssf/stream": stream, "PUT /api/v1/ssf/stream": changedStream,
        "PATCH /api/v1/ssf/stream": changedStream,
        "POST /api/v1/ssf/stream/verification": #"{"stream_id":"<stream>","state":"s"}"#,
        "POST /api/v1/org/privacy/aerial/revoke": #"{"accountId":"<aerial>"}"#,
        "PATCH /api/v1/org/privacy/oktaSupport/cases/{}": #"{"impersonation":{"status":"ENABLED"}}"#,
        "POST /api/v1/authenticators/{}/aaguids": #"{"aaguid":"cb69481e-8ff7-4039-93ec-0a2729a154a8"}"#,
        "PUT /api/v1/authenticators/{}/aaguids/{}": aaguid, "PATCH /api/v1/authenticators/{}/aaguids/{}": aaguid,
        "PUT /api/v1/authenticators/{}/methods/{}": #"{"type":"<own>","status":"ACTIVE"}"#,
        "PUT /api/v1/brands/{}/pages/sign-out/customized": #"{"type":"OKTA_DEFAULT"}"#,
        "PUT /api/v1/brands/{}/themes/{}": theme,
        "PUT /api/v1/domains/{}": #"{"brandId":"<brand>"}"#, "PUT /api/v1/domains/{}/certificate": pem,
        "POST /api/v1/email-servers/{}/test": #"{"fromAddress":"a@example.com","toAddress":"b@example.com"}"#,
        "POST /api/v1/identity-sources/{}/sessions/{}/bulk-upsert":
            #"{"entityType":"USERS","profiles":[\#(imported)]}"#,
        "POST /api/v1/identity-sources/{}/sessions/{}/bulk-delete":
            #"{"entityType":"USERS","profiles":[{"externalId":"e"}]}"#,
        "POST /api/v1/idps/{}/users/{}": #"{"externalId":"e"}"#,
        "POST /api/v1/policies/simulate": simulation,
        "POST /api/v1/brands": #"{"name":"b<n>"}"#, "PUT /api/v1/brands/{}": #"{"name":"b<n>"}"#,
        "POST /api/v1/brands/{}/templates/email/{}/customizations": email,
        "PUT /api/v1/brands/{}/templates/email/{}/customizations/{}": email,
        "POST /api/v1/device-assurances": device, "PUT /api/v1/device-assurances/{}": device,
        "POST /api/v1/domains": #"{"domain":"login<n>.acme.com","certificateSourceType":"MANUAL"}"#,
        "POST /api/v1/eventHooks":
            #"{"name":"e<n>","events":{"type":"EVENT_TYPE","items":["user.lifecycle.create"]},\#(hook)}"#,
        "PUT /api/v1/eventHooks/{}":
            #"{"name":"e<n>","events":{"type":"EVENT_TYPE","items":["user.lifecycle.create"]},\#(hook)}"#,
        "POST /api/v1/inlineHooks":
            #"{"name":"h<n>","type":"com.okta.import.transform","version":"1.0.0",\#(hook)}"#,
        "PUT /api/v1/inlineHooks/{}":
            #"{"name":"h<n>","type":"com.okta.import.transform","version":"1.0.0",\#(hook)}"#,
        "POST /api/v1/hook-keys": #"{"name":"k<n>"}"#, "PUT /api/v1/hook-keys/{}": #"{"name":"k<n>"}"#,
        "POST /api/v1/idps": provider, "PUT /api/v1/idps/{}": provider,
        "POST /api/v1/idps/credentials/keys": #"{"x5c":["<certificate>"]}"#,
        "PUT /api/v1/idps/credentials/keys/{}": #"{"x5c":["<certificate>"]}"#,
        "POST /api/v1/meta/uischemas": uiSchema, "PUT /api/v1/meta/uischemas/{}": uiSchema,
        "POST /api/v1/principal-rate-limits": #"{"principalId":"p<n>","principalType":"SSWS_TOKEN"}"#,
        "PUT /api/v1/principal-rate-limits/{}": #"{"principalId":"p<n>","principalType":"SSWS_TOKEN"}"#,
        "POST /api/v1/push-providers":
            #"{"name":"p<n>","providerType":"APNS","configuration":{"keyId":"k","teamId":"t","tokenSigningKey":"s","fileName":"f"}}"#,
        "PUT /api/v1/push-providers/{}":
            #"{"name":"p<n>","providerType":"APNS","configuration":{"keyId":"k","teamId":"t","tokenSigningKey":"s","fileName":"f"}}"#,
        "POST /api/v1/directories/{}/groups/modify":
            #"{"id":"<directoryGroup>","parameters":{"action":"ADD","attribute":"member","values":["<user>"]}}"#,
        "POST /api/v1/directories/{}/groups/{}/query": #"{"attributes":["name"]}"#,
        "POST /api/v1/dr/failover": "{}", "POST /api/v1/dr/failback": "{}",
        "POST /api/v1/org/email/bounces/remove-list": #"{"emailAddresses":["a@example.com"]}"#,
        "PUT /okta-personal-settings/api/v1/export-blocklists": #"{"domains":["example.com"]}"#,
        "POST /privileged-access/api/v1/okta-service-accounts": #"{"name":"a<n>","oktaUserId":"<user>"}"#,
        "PATCH /privileged-access/api/v1/okta-service-accounts/{}": #"{"name":"b<n>"}"#,
        "POST /privileged-access/api/v1/service-accounts": serviceAccount,
        "PATCH /privileged-access/api/v1/service-accounts/{}": #"{"name":"b<n>"}"#,
        "POST /api/v1/trustedOrigins":
            #"{"name":"o<n>","origin":"https://o<n>.example.com","scopes":[{"type":"CORS"}]}"#,
        "PUT /api/v1/trustedOrigins/{}":
            #"{"name":"o<n>","origin":"https://o<n>.example.com","scopes":[{"type":"CORS"}]}"#,
    ]
}
