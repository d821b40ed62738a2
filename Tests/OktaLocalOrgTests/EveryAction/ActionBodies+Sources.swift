extension ActionBodies {
    private static let replacement =
        #"{"profile":{"userName":"r<n>@example.com","email":"r@example.com","firstName":"A","lastName":"B"}}"#
    private static let memberships = #"{"memberships":[{"groupExternalId":"g","memberExternalIds":["e"]}]}"#
    private static let telephony = """
        {"providerName":"TWILIO","providerCapability":"ALL","providerSid":"s","providerAuthToken":"t",\
        "providerSettings":{"sms":{"twilioPhoneNumber":"+15551234567"}}}
        """
    private static let bundle = #"{"name":"b<n>","entitlements":[{"role":"USER_ADMIN","targets":["<group>"]}]}"#
    /// The request of a security key provider.
    static let preparation = """
        {"userId":"<user>","fulfillmentProvider":"yubico","enrollmentRpIds":["acme.okta.com"],\
        "yubicoTransportKeyJWK":{"kty":"EC","crv":"P-384","kid":"k","use":"enc","x":"x","y":"y"}}
        """
    /// The response of the provider for a prepared key.
    static let activation = """
        {"credResponses":[{"authenticatorEnrollmentId":"<preparedKey>","credResponseJwe":"j"}],"userId":"<keyOwner>",\
        "fulfillmentProvider":"yubico","pinResponseJwe":"j","serial":"1","version":"5","yubicoSigningJwks":[]}
        """

    /// Identity sources, and preparations by admins before users sign in.
    static let sources: [String: String] = [
        "POST /api/v1/identity-sources/{}/users": imported,
        "PUT /api/v1/identity-sources/{}/users/{}": replacement,
        "PATCH /api/v1/identity-sources/{}/users/{}": replacement,
        "POST /api/v1/identity-sources/{}/groups": #"{"externalId":"g<n>","profile":{"displayName":"G"}}"#,
        "POST /api/v1/identity-sources/{}/groups/{}": #"{"profile":{"displayName":"G"}}"#,
        "POST /api/v1/identity-sources/{}/groups/{}/membership": #"{"memberExternalId":"m"}"#,
        "POST /api/v1/identity-sources/{}/sessions/{}/bulk-groups-upsert":
            #"{"profiles":[{"externalId":"g","profile":{"displayName":"G"}}]}"#,
        "POST /api/v1/identity-sources/{}/sessions/{}/bulk-groups-delete": #"{"externalIds":["g"]}"#,
        "POST /api/v1/identity-sources/{}/sessions/{}/bulk-group-memberships-upsert": memberships,
        "POST /api/v1/identity-sources/{}/sessions/{}/bulk-group-memberships-delete": memberships,
        "POST /api/v1/telephony-providers": telephony,
        "PATCH /api/v1/telephony-providers/{}": #"{"providerSid":"u"}"#,
        "POST /api/v1/telephony-providers/{}/test":
            #"{"factor":"SMS","phoneNumber":"+15551234567","countryCodeIso2":"US"}"#,
        "POST /api/v1/iam/governance/bundles": bundle, "PUT /api/v1/iam/governance/bundles/{}": bundle,
        "POST /api/v1/org/factors/yubikey_token/tokens": """
        {"serialNumber":"7886622","publicId":"ccccccijgibu","privateId":"b74be6169486",\
        "aesKey":"1fcc6d8ce39bf1604e0b17f3e0a11067"}
        """,
        "POST /api/v1/bot-protection/configuration": #"{"level":"LOW","mode":"LOG_ONLY"}"#,
        "PUT /api/v1/first-party-app-settings/{}": #"{"sessionIdleTimeoutMinutes":30}"#,
        "POST /webauthn-registration/api/v1/enroll": preparation,
        "POST /webauthn-registration/api/v1/activate": activation,
        "POST /webauthn-registration/api/v1/initiate-fulfillment-request":
            #"{"userId":"<user>","fulfillmentProvider":"yubico"}"#,
        "POST /webauthn-registration/api/v1/send-pin":
            #"{"authenticatorEnrollmentId":"<activeKey>","userId":"<keyOwner>","fulfillmentProvider":"yubico"}"#,
    ]
}
