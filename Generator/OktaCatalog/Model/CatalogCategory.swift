import YAML

/// A group of actions, as in Okta's list of actions.
public struct CatalogCategory: Sendable, Hashable {
    /// The listed name, such as `Authorizationserver`.
    public var name: Located<String>
    /// The Swift name, such as `authorizationServer`.
    public var swiftName: Located<String>?
    /// A summary of the group in our words.
    public var summary: Located<String>
    /// The actions, in the order of the catalog.
    public var actions: [CatalogAction]
}
