/// What differs from org to org: products that are bought or turned on, and the release that the org has.
public struct OrgFeatures: Sendable, Hashable {
    /// Whether the org has the Identity Engine: its apps have policies.
    public var identityEngine = true
    /// Whether users belong to realms.
    public var realms = false
    /// Whether users show their emails with the credentials.
    public var credentialEmails = false
    /// Whether users can be sent to a reset of their factors, since 2025.
    public var factorReset = true
    /// Whether users with a password have the link of a forgotten password, since 2025.
    public var forgotPassword = true
    /// Whether groups have owners, since 2025.
    public var groupOwners = true
    /// Whether group rules tell that all their groups are valid, since 2025.
    public var validGroups = true
    /// Whether apps have a name across orgs, since 2025.
    public var resourceNames = true
    /// Whether apps show their Express Configuration opt-in, since 2026.
    public var optInStatus = true
    /// What apps show of Universal Logout.
    public var universalLogout = UniversalLogout.state
    /// Whether policies have mappings, since 2025.
    public var policyMappings = true
    /// Whether attributes of the user schema name the source of their values.
    public var profileSources = false
    /// Whether sign-on rules look at risk, since 2021.
    public var signOnRisk = true
    /// Whether authorization servers tell which one is the default.
    public var serverDefaults = true
    /// Whether identity providers show that they match transformed usernames, since 2025.
    public var transformedUsernames = true
    /// Whether OpenID Connect apps take part in Single Logout.
    public var singleLogout = true
    /// Whether apps link to the upload of a logo, since 2021.
    public var logoUploads = true
    /// Whether OpenID Connect apps link to their secrets, since 2022.
    public var clientSecrets = true
    /// Whether the org scores the risk of sign-ins, so that rules have a level of risk.
    public var riskScoring = false
    /// Whether the last name of users is required; an org can turn that off.
    public var lastNameRequired = true
    /// Whether scopes and claims name an API resource, and event hooks have a description: since 2024.
    public var descriptions = true
    /// Whether an empty relay state is stored as null, since April 2026.
    public var nullRelayState = true
    /// Whether authorization servers link to the keys of resource servers, since 2024.
    public var resourceServerKeys = true
    /// Whether password policies react to breached passwords, since 2025.
    public var breachedPasswords = true
    /// Whether apps can be assigned implicitly, since 2021.
    public var implicitAssignment = true
    /// Whether apps can start by themselves, since 2021.
    public var autoLaunch = true
    /// Whether users are asked for consent to scopes, with API Access Management.
    public var userConsent = true
    /// Whether identity providers show their settings, since 2025.
    public var providerSettings = true
    /// Whether emails have settings, since 2023.
    public var emailSettings = true
    /// Whether the org keeps models of security keys that Okta does not know.
    public var customAAGUIDs = true
    /// Whether the blocks of a user can be read; few orgs have that.
    public var userBlocks = false
    /// Whether the org's document says that users may have an Okta Personal account, since 2026.
    public var oktaPersonal = false
    /// Whether the org has a zone of addresses that no blocklist stops, `DefaultExemptIpZone`.
    public var exemptZone = false
    /// Whether a new user who is staged with a password shows when that was, since 2025.
    public var stagedDates = true
    /// Whether OpenID Connect apps show whether they need proof keys, since 2021.
    public var proofKeys = true
    /// Whether OpenID Connect apps show whether their tokens are bound to keys, since 2022.
    public var boundTokens = true
    /// Whether OpenID Connect apps show how a sign-in begins at a provider, since 2021.
    public var providerSignIn = true
    /// Whether OpenID Connect apps show where redirects may have wildcards, since 2021.
    public var wildcardRedirects = true
    /// Whether rules of profile enrollment say what identifies users, since 2025.
    public var enrollmentIdentifiers = true
    /// Whether scopes show their name and the consent that they need, since 2021.
    public var scopeConsent = true
    /// Whether themes have a page that is shown while others load.
    public var loadingPages = true
    /// Whether device assurances have the setting for what users see about a device that does not comply.
    public var deviceRemediation = true
    /// Whether SAML providers show the digest of their requests, since May 2026.
    public var requestDigests = true
    /// Whether realms show their type, for partners.
    public var realmTypes = false
    /// Whether lists of access policies say what the policies are for.
    public var policyResourceTypes = true
    /// Whether default sign-in and error pages show their content security policy.
    public var pageSecurityPolicies = true
    /// Whether sign-in pages can ask users whether to stay signed in.
    public var staySignedInPrompts = true
    /// Whether brands show whether their privacy policy is agreed to, since 2022.
    public var privacyAgreement = true

    /// What apps show of Universal Logout: nothing before April 2025, then null, then its state.
    public enum UniversalLogout: String, Sendable, Hashable {
        case absent, null, state
    }

    /// A current org.
    public init() {}
}
