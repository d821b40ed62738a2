import YAML

/// A path, query or header parameter of an action.
public struct CatalogParameter: Sendable, Hashable {
    /// The location of a parameter.
    public enum Place: String, Sendable, Hashable, CaseIterable {
        /// In the path, as one segment.
        case path
        /// In the query.
        case query
        /// In a header field.
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
    /// A pinned Swift name; nil if it is derived from ``name``.
    public var swiftName: Located<String>?
    /// Whether Okta has deprecated it.
    public var isDeprecated = false
    /// Its meaning in our words.
    public var documentation: String?
    /// The keys whose values are pinned against Okta's document.
    public var pinned: Set<String> = []
}

/// The limits that Okta states for a parameter or field.
public struct Constraints: Sendable, Hashable {
    /// The smallest number, inclusive.
    public var minimum: String?
    /// The largest number, inclusive.
    public var maximum: String?
    /// The minimum length in characters.
    public var minimumLength: Int?
    /// The maximum length in characters.
    public var maximumLength: Int?
    /// A regular expression that the text matches.
    public var pattern: String?
    /// Okta's default value, as text.
    public var defaultValue: String?

    /// Creates constraints; nil means that Okta states none.
    public init(
        minimum: String? = nil, maximum: String? = nil, minimumLength: Int? = nil, maximumLength: Int? = nil,
        pattern: String? = nil, defaultValue: String? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.pattern = pattern
        self.defaultValue = defaultValue
    }
}
