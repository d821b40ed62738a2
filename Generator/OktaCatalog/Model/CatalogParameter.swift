import YAML

/// A path, query or header parameter of an action.
public struct CatalogParameter: Sendable, Hashable {
    /// Where a parameter travels.
    public enum Place: String, Sendable, Hashable, CaseIterable {
        /// In the path, as one segment.
        case path
        /// In the query.
        case query
        /// As a header field.
        case header
    }

    /// The name on the wire.
    public var name: Located<String>
    /// Where it travels.
    public var place: Place
    /// What it holds.
    public var type: TypeExpression
    /// Whether a request without it is refused.
    public var isRequired: Bool
    /// The limits that Okta states.
    public var constraints: Constraints
    /// A pinned Swift name; nil when it follows from ``name``.
    public var swiftName: Located<String>?
    /// Whether Okta advises against it.
    public var isDeprecated: Bool
    /// What it means, in our words.
    public var documentation: String?
    /// The keys whose values a person decided, whatever Okta's document says.
    public var pinned: Set<String> = []
}
