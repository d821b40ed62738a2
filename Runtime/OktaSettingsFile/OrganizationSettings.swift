public import OktaRuntime

/// One of several orgs in an `okta.yaml`.
public struct OrganizationSettings: Sendable {
    /// The name, the key below `okta.orgs`.
    public let name: String

    /// The org's settings.
    public let settings: OktaSettings

    /// The program's ids of the tenants that belong to the org.
    public let tenants: [String]
}
