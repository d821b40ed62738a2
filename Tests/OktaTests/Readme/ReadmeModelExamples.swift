import Okta

/// The README's example of unions, compiled here so that it stays correct.
func readmeUnionExample(okta: OktaClient) async throws -> AccessPolicyRuleApplicationSignOn {
    // example begin
    let shop = try await okta.application.createApplication(
        OpenIdConnectApplication(
            label: "Shop", credentials: .init(oauthClient: .init(tokenEndpointAuthMethod: .clientSecretPost)),
            settings: .init(oauthClient: .init(grantTypes: [.clientCredentials]))))

    if case .openIdConnect(var app) = try await okta.application.getApplication(shop.id).variant {
        app.label = "Shop and cart"
        try await okta.application.updateApplication(app.id, with: app)
    }

    var rule = AccessPolicyRuleApplicationSignOn(access: .allow)
    rule.verificationMethod = .assurance(.init(factorMode: .twoFactor))  // a variant as a field
    // example end
    return rule
}

/// The README's example of clearing values, compiled here so that it stays correct.
func readmeClearingExample(okta: OktaClient) async throws {
    // example begin
    var profile = try await okta.user.getUser("ada@example.com").profile ?? UserProfile()
    profile.mobilePhone = nil  // null: the org clears it
    profile["badge"] = "4711"
    profile.setNull(\.secondEmail)
    profile.omit(\.department)
    try await okta.user.partialUpdateUser("ada@example.com", with: UpdateUserRequest(profile: profile))
    // example end
}
