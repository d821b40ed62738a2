import YAML

/// A group of actions, as the list of actions names it.
public struct CatalogCategory: Sendable, Hashable {
    /// The listed name, such as `Authorizationserver`.
    public var name: Located<String>
    /// The Swift name, such as `authorizationServer`.
    public var swiftName: Located<String>?
    /// What the group is about, in our words.
    public var summary: Located<String>
    /// The actions, in the order of the catalog.
    public var actions: [CatalogAction]
}
