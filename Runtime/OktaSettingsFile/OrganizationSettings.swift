public import OktaRuntime

/// One of several orgs in an `okta.yaml`.
public struct OrganizationSettings: Sendable {
    /// The name, the key below `okta.orgs`.
    public let name: String

    /// The org's own settings.
    public let settings: OktaSettings

    /// The program's own ids of those who belong to the org.
    public let tenants: [String]
}
