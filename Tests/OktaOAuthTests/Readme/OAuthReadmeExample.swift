import OktaOAuth
import OktaSettingsFile
import OktaRuntime

/// The README's example of signing in as an app, compiled here so that it stays correct.
func oauthReadmeExample(pem: String) throws -> OktaClient {
    // example begin
    let authorization = try OAuthClientCredentials(
        clientID: "0oa1b2c3d4e5f6g7h8i9",
        scopes: ["okta.users.read", "okta.groups.manage"],
        privateKey: OAuthPrivateKey(pem, keyID: "the-key's-kid"))
    let okta = try OktaClient(
        configuration: OktaConfiguration(orgURL: "https://acme.okta.com", authorization: authorization))
    // example end
    return okta
}

/// The README's example of signing in as an app by settings, compiled here so that it stays correct.
func oauthSettingsReadmeExample() throws -> (OktaClient, OktaOrganizations) {
    // example begin
    // OKTA_CLIENT_AUTHORIZATIONMODE=PrivateKey with …_CLIENTID, …_SCOPES, …_PRIVATEKEY (the key or its file) and …_KID
    let okta = try OktaClient(configuration: .withOAuth(.fromEnvironment()))
    let organizations = try OktaOrganizations(SettingsFile(at: "okta.yaml")) { _, settings throws(OktaError) in
        try .withOAuth(settings)
    }
    // example end
    return (okta, organizations)
}
