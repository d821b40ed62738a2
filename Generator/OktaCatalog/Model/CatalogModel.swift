import YAML

/// A JSON object that the API sends or takes.
public struct CatalogModel: Sendable, Hashable {
    /// One member of the object.
    public struct Field: Sendable, Hashable {
        /// The key on the wire.
        public var name: Located<String>
        /// What it holds.
        public var type: TypeExpression
        /// Whether Okta refuses an object without it.
        public var isRequired: Bool
        /// Whether only Okta sets it.
        public var isReadOnly: Bool
        /// Whether Okta never sends it back.
        public var isWriteOnly: Bool
        /// Whether null is a value of its own.
        public var isNullable: Bool
        /// Whether Okta advises against it.
        public var isDeprecated: Bool
        /// The limits that Okta states.
        public var constraints: Constraints
        /// A pinned Swift name; nil when it follows from ``name``.
        public var swiftName: Located<String>?
        /// What it means, in our words, where the name does not say it.
        public var documentation: String?
        /// The keys whose values a person decided, whatever Okta's document says.
        public var pinned: Set<String> = []
    }

    /// One form that the object can take.
    public struct Variant: Sendable, Hashable {
        /// The discriminator's value; nil when nothing in the object tells the forms apart.
        public var value: String?
        /// The model of that form.
        public var model: Located<String>
    }

    /// The Swift name.
    public var name: Located<String>
    /// Where upstream's document describes it, such as `User` or `User.type`.
    public var upstream: Located<String>?
    /// The generated file that holds it.
    public var group: String
    /// What it stands for, in our words.
    public var documentation: String?
    /// The model whose fields it also has.
    public var extends: Located<String>?
    /// Whether it has members under keys that nobody declared, such as custom profile attributes.
    public var isOpen: Bool
    /// The field whose value tells which variant an object is.
    public var discriminator: Located<String>?
    /// The forms that the object can take.
    public var variants: [Variant]
    /// The pinned name that it has as a form of a union; nil where that follows from ``name``.
    public var caseName: Located<String>?
    /// The fields that a short initialiser takes; nil when they follow from the required ones.
    public var initializer: [Located<String>]?
    /// The fields, in the order of the catalog.
    public var fields: [Field]
    /// The whole entry in the catalog.
    public var location: SourceLocation
}
