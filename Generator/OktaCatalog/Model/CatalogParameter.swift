import YAML

/// A path, query or header parameter of an action.
public struct CatalogParameter: Sendable, Hashable {
    /// The location of a parameter.
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
    /// The location.
    public var place: Place
    /// Its type.
    public var type: TypeExpression
    /// Whether a request without it is rejected.
    public var isRequired = false
    /// Whether each element of a list is sent as a separate parameter, instead of all joined by commas.
    public var explodes = false
    /// The limits that Okta states.
    public var constraints = Constraints()
    /// A pinned Swift name; nil when it is derived from ``name``.
    public var swiftName: Located<String>?
    /// Whether Okta has deprecated it.
    public var isDeprecated = false
    /// Its meaning in our words.
    public var documentation: String?
    /// The keys whose values are pinned against Okta's document.
    public var pinned: Set<String> = []
}
