public import YAML

/// A JSON object that the API sends or accepts.
public struct CatalogModel: Sendable, Hashable {
    /// One member of the object.
    public struct Field: Sendable, Hashable {
        /// The key on the wire.
        public var name: Located<String>
        /// Its type.
        public var type: TypeExpression
        /// Whether Okta rejects an object without it.
        public var isRequired = false
        /// Whether only Okta sets it.
        public var isReadOnly = false
        /// Whether Okta never returns it.
        public var isWriteOnly = false
        /// Whether null is a distinct value.
        public var isNullable = false
        /// Whether Okta has deprecated it.
        public var isDeprecated = false
        /// The limits that Okta states.
        public var constraints = Constraints()
        /// A pinned Swift name; nil when it is derived from ``name``.
        public var swiftName: Located<String>?
        /// Its meaning in our words, if the name does not express it.
        public var documentation: String?
        /// The keys whose values are pinned against Okta's document.
        public var pinned: Set<String> = []
    }

    /// One variant of a union.
    public struct Variant: Sendable, Hashable {
        /// The discriminator's value; nil when the union has no discriminator.
        public var value: String?
        /// The model of the variant.
        public var model: Located<String>
    }

    /// The Swift name.
    public var name: Located<String>
    /// Its position in upstream's document, such as `User` or `User.type`.
    public var upstream: Located<String>?
    /// The model that has the same contents: this one is then an alias of it.
    public var sameAs: Located<String>? = nil
    /// The generated file that holds it.
    public var group: String
    /// Its meaning in our words.
    public var documentation: String?
    /// The model whose fields it also has.
    public var extends: Located<String>?
    /// Whether it has members with undeclared keys, such as custom profile attributes.
    public var isOpen = false
    /// The field whose value determines the variant.
    public var discriminator: Located<String>?
    /// The variants of the object.
    public var variants: [Variant] = []
    /// The pinned case name as a variant of a union; nil when it is derived from ``name``.
    public var caseName: Located<String>?
    /// The fields of the short initializer; nil when they are the required ones.
    public var initializer: [Located<String>]?
    /// The fields, in the order of the catalog.
    public var fields: [Field] = []
    /// The whole entry in the catalog.
    public var location: SourceLocation
}
