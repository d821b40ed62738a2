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
