import OktaLocalOrg
import OktaRuntime

/// Features of a recorded org. Some members appear only in orgs that bought a product, enabled a feature or have a
/// later release.
extension OrgFeatures {
    /// Derives the features of a session's org.
    init(of session: [Exchange]) {
        self.init()
        let text = session.map(\.responseBody).joined(separator: "\n")
        let has = { (part: String) in text.contains(part) }
        realms = has("\"realmId\":")
        credentialEmails = has("\"emails\":[{\"value\"")
        factorReset = has("\"resetFactors\":")
        forgotPassword = has("\"forgotPassword\":{")
        groupOwners = has("\"owners\":{\"href\"")
        validGroups = has("\"allGroupsValid\":")
        resourceNames = has("\"orn\":\"orn:okta")
        optInStatus = has("\"emOptInStatus\":")
        universalLogout =
            has("\"universalLogout\":{") ? .state : has("\"universalLogout\":null") ? .null : .absent
        policyMappings = has("\"mappings\":{\"href\"")
        profileSources = has("\"master\":{")
        identityEngine = has("\"accessPolicy\":{") || has("\"pipeline\":\"idx\"")
        singleLogout = has("\"participate_slo\":")
        logoUploads = has("\"uploadLogo\":")
        clientSecrets = has("\"clientCredentials\":")
        riskScoring = has("\"riskScore\":")
        descriptions = has("\"apiResourceId\":") || has("\"description\":null,\"created\"")
        lastNameRequired = !has("\"required\":[\"login\",\"firstName\",\"email\"]")
        nullRelayState = !has("\"defaultRelayState\":\"\"")
        resourceServerKeys = has("resourceServerCredentialsKeys")
        breachedPasswords = has("\"breachedProtection\":")
        implicitAssignment = has("\"implicitAssignment\":")
        autoLaunch = has("\"autoLaunch\":")
        appNotes = has("\"notes\":{")
        assertionEncryption = has("\"assertionEncryption\":")
        appProfileSources = session.contains {
            $0.path.contains("/meta/schemas/apps/")
                && $0.response?["definitions"]?["base"]?["properties"]?["userName"]?["master"] != nil
        }
        stagedDates = !session.contains { Self.isStagedWithoutDate($0.response) }
        boundTokens = has("\"dpop_bound_access_tokens\":")
        providerSignIn = has("\"idp_initiated_login\":")
        wildcardRedirects = has("\"wildcard_redirect\":")
        enrollmentIdentifiers = has("\"allowedIdentifiers\":")
        proofKeys = has("\"pkce_required\":")
        scopeConsent = has("\"consent\":\"")
        loadingPages = has("\"loadingPageTouchPointVariant\":")
        deviceRemediation = has("\"displayRemediationMode\":")
        requestDigests = has("\"digest\":")
        realmTypes = has("\"realmType\":")
        policyResourceTypes = has("\"resourceType\":\"APP\"")
        pageSecurityPolicies = has("\"contentSecurityPolicySetting\":")
        staySignedInPrompts = has("\"postAuthKeepMeSignedInPrompt\":")
        userConsent = has("\"consent_method\":")
        providerSettings = has("\"nameFormat\":null")
        emailSettings = has("/settings\",\"hints\"")
        customAAGUIDs = has("\"aaguid\":") || has("/aaguids\"")
        privacyAgreement = has("\"agreeToCustomPrivacyPolicy\":")
        signOnRisk = has("PASSWORD_IDP_ANY_FACTOR")
        serverDefaults = ["true", "false"].contains { has("\"default\":\($0),\"_links\":{\"rotateKey\"") }
        oktaPersonal = has("\"op4wEnabled\":")
        roleCloning = has("\"isCloneable\":")
        serviceAccountReviews = has("\"includeAllOktaServiceAccounts\":")
        entitlementDates = !session.contains {
            $0.response?["parentResourceOrn"] != nil && $0.response?["created"] == nil
        }
        backchannelAuthentication = has("\"backchannel_authentication_endpoint\":")
        let isRefused = { (part: String) in session.contains { $0.status == 401 && $0.path.contains(part) } }
        customAuthorizationServers = !isRefused("/api/v1/authorizationServers")
        federatedClaims = !isRefused("/federated-claims")
        transformedUsernames = has("transformedUsernameMatchingEnabled")
    }

    /// Returns whether a response shows a staged user with a password and no `statusChanged` date.
    private static func isStagedWithoutDate(_ response: JSON?) -> Bool {
        (response?.elements ?? response.map { [$0] } ?? []).contains {
            $0["status"] == "STAGED" && $0["statusChanged"] == .null && $0["passwordChanged"]?.string != nil
        }
    }
}
