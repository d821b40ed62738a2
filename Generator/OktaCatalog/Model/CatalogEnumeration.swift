public import YAML

/// The known values of a string field. Okta may add values at any time.
public struct CatalogEnumeration: Sendable, Hashable {
    /// One known value.
    public struct Value: Sendable, Hashable {
        /// The text on the wire.
        public var value: Located<String>
        /// A pinned Swift name; nil when it is derived from the value.
        public var swiftName: Located<String>?
        /// Its meaning in our words, if the text does not express it.
        public var documentation: String?
    }

    /// The Swift name.
    public var name: Located<String>
    /// Its position in upstream's document.
    public var upstream: Located<String>?
    /// The enumeration that has the same values: this one is then an alias of it.
    public var sameAs: Located<String>? = nil
    /// The generated file that holds it.
    public var group: String
    /// Its meaning in our words.
    public var documentation: String?
    /// The known values, in the order of the catalog.
    public var values: [Value]
    /// The whole entry in the catalog.
    public var location: SourceLocation
}
