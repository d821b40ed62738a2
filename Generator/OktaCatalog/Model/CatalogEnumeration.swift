import YAML

/// A text field's known values. Okta may add to them at any time.
public struct CatalogEnumeration: Sendable, Hashable {
    /// One known value.
    public struct Value: Sendable, Hashable {
        /// The text on the wire.
        public var value: Located<String>
        /// A pinned Swift name; nil when it follows from the value.
        public var swiftName: Located<String>?
        /// What it means, in our words, where the text does not say it.
        public var documentation: String?
    }

    /// The Swift name.
    public var name: Located<String>
    /// Where upstream's document describes it.
    public var upstream: Located<String>?
    /// The generated file that holds it.
    public var group: String
    /// What it stands for, in our words.
    public var documentation: String?
    /// The known values, in the order of the catalog.
    public var values: [Value]
    /// The whole entry in the catalog.
    public var location: SourceLocation
}
