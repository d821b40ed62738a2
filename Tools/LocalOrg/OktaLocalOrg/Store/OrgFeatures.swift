/// The differences between orgs: products, enabled features, and the release.
///
/// The defaults are those of a current org: each feature is on, unless its documentation says that it is off.
public struct OrgFeatures: Sendable, Hashable {
    /// Whether the org has the Identity Engine, in which apps have policies.
    public var identityEngine = true
    /// Whether users belong to realms. Off by default.
    public var realms = false
    /// Whether the credentials of users show emails. Off by default.
    public var credentialEmails = false
    /// Whether users have a link to reset their factors, since 2025.
    public var factorReset = true
    /// Whether users with a password have a link for a forgotten password, since 2025.
    public var forgotPassword = true
    /// Whether groups have owners, since 2025.
    public var groupOwners = true
    /// Whether group rules show that all their groups are valid, since 2025.
    public var validGroups = true
    /// Whether apps have a resource name (ORN), since 2025.
    public var resourceNames = true
    /// Whether apps show their Express Configuration opt-in, since 2026.
    public var optInStatus = true
    /// The form in which apps show Universal Logout.
    public var universalLogout = UniversalLogout.state
    /// Whether policies have mappings, since 2025.
    public var policyMappings = true
    /// Whether attributes of the user schema name the source of their values. Off by default.
    public var profileSources = false
    /// Whether sign-on rules have a risk condition, since 2021.
    public var signOnRisk = true
    /// Whether authorization servers show which one is the default.
    public var serverDefaults = true
    /// Whether identity providers show that they match transformed usernames, since 2025.
    public var transformedUsernames = true
    /// Whether OpenID Connect apps support Single Logout.
    public var singleLogout = true
    /// Whether apps have a link to upload a logo, since 2021.
    public var logoUploads = true
    /// Whether OpenID Connect apps have a link to their secrets, since 2022.
    public var clientSecrets = true
    /// Whether the org scores the risk of sign-ins, so that rules have a risk level. Off by default.
    public var riskScoring = false
    /// Whether users require a last name, which an org can turn off.
    public var lastNameRequired = true
    /// Whether scopes and claims name an API resource, and event hooks have a description, since 2024.
    public var descriptions = true
    /// Whether an empty relay state is stored as null, since April 2026.
    public var nullRelayState = true
    /// Whether authorization servers have a link to the keys of resource servers, since 2024.
    public var resourceServerKeys = true
    /// Whether password policies have settings for breached passwords, since 2025.
    public var breachedPasswords = true
    /// Whether apps can be assigned implicitly, since 2021.
    public var implicitAssignment = true
    /// Whether apps have notes, since 2021.
    public var appNotes = true
    /// Whether SAML apps show whether their assertions are encrypted, since 2025.
    public var assertionEncryption = true
    /// Whether attributes of app schemas name the source of their values. Off by default.
    public var appProfileSources = false
    /// Whether apps can be launched automatically, since 2021.
    public var autoLaunch = true
    /// Whether the org has custom authorization servers, with API Access Management.
    public var customAuthorizationServers = true
    /// Whether apps have federated claims.
    public var federatedClaims = true
    /// Whether apps can be asked for a user's consent on another device (CIBA), as the org's metadata shows.
    public var backchannelAuthentication = true
    /// Whether custom roles show whether they can be cloned, since September 2025.
    public var roleCloning = true
    /// Whether campaigns are also about service accounts, since 2026.
    public var serviceAccountReviews = true
    /// Whether entitlements and their values show who changed them and when, since 2026.
    public var entitlementDates = true
    /// Whether users are asked for consent to scopes, with API Access Management.
    public var userConsent = true
    /// Whether identity providers show their settings, since 2025.
    public var providerSettings = true
    /// Whether emails have settings, since 2023.
    public var emailSettings = true
    /// Whether the org supports custom AAGUIDs for security keys.
    public var customAAGUIDs = true
    /// Whether the blocks of a user can be read, as in few orgs. Off by default.
    public var userBlocks = false
    /// Whether the org's metadata shows that users may have an Okta Personal account, since 2026. Off by default.
    public var oktaPersonal = false
    /// Whether the org has the zone `DefaultExemptIpZone`, whose addresses no blocklist blocks. Off by default.
    public var exemptZone = false
    /// Whether a new staged user with a password shows the date of that state, since 2025.
    public var stagedDates = true
    /// Whether OpenID Connect apps show whether they require PKCE, since 2021.
    public var proofKeys = true
    /// Whether OpenID Connect apps show whether their tokens are DPoP-bound, since 2022.
    public var boundTokens = true
    /// Whether OpenID Connect apps show their settings for provider-initiated sign-in, since 2021.
    public var providerSignIn = true
    /// Whether OpenID Connect apps show whether redirect URIs may have wildcards, since 2021.
    public var wildcardRedirects = true
    /// Whether profile enrollment rules show the attributes that identify users, since 2025.
    public var enrollmentIdentifiers = true
    /// Whether scopes show their name and their consent setting, since 2021.
    public var scopeConsent = true
    /// Whether themes have a loading page.
    public var loadingPages = true
    /// Whether device assurance policies have a setting for the remediation that users see.
    public var deviceRemediation = true
    /// Whether SAML providers show the digest of their requests, since May 2026.
    public var requestDigests = true
    /// Whether realms show their type, for partners. Off by default.
    public var realmTypes = false
    /// Whether lists of access policies show the policies' resource type.
    public var policyResourceTypes = true
    /// Whether default sign-in and error pages show their content security policy.
    public var pageSecurityPolicies = true
    /// Whether sign-in pages have a prompt to stay signed in.
    public var staySignedInPrompts = true
    /// Whether brands show the agreement to their privacy policy, since 2022.
    public var privacyAgreement = true

    /// The form in which apps show Universal Logout: absent before April 2025, then null, then its state.
    public enum UniversalLogout: String, Sendable, Hashable {
        case absent, null, state
    }

    /// Creates the features of a current org.
    public init() {}
}
