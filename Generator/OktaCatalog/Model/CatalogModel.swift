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
        /// A pinned Swift name; nil if it is derived from ``name``.
        public var swiftName: Located<String>?
        /// Its meaning in our words, if the name does not express it.
        public var documentation: String?
        /// The keys whose values are pinned against Okta's document.
        public var pinned: Set<String> = []
    }

    /// One variant of a union.
    public struct Variant: Sendable, Hashable {
        /// The discriminator's value; nil if the union has no discriminator.
        public var value: String?
        /// The model of the variant.
        public var model: Located<String>
    }

    /// The Swift name.
    public var name: Located<String>
    /// Its position in upstream's document, such as `User` or `User.type`.
    public var upstream: Located<String>?
    /// The model with the same contents, if this one is an alias of it.
    public var sameAs: Located<String>? = nil
    /// The generated file that contains the declaration.
    public var group: String
    /// Its meaning in our words.
    public var documentation: String?
    /// The model whose fields it inherits.
    public var extends: Located<String>?
    /// Whether it has members with undeclared keys, such as custom profile attributes.
    public var isOpen = false
    /// The field whose value determines the variant.
    public var discriminator: Located<String>?
    /// The variants of the object.
    public var variants: [Variant] = []
    /// The pinned case name as a variant of a union; nil if it is derived from ``name``.
    public var caseName: Located<String>?
    /// The fields of the short initializer; nil if they are the required ones.
    public var initializer: [Located<String>]?
    /// The fields, in the order of the catalog.
    public var fields: [Field] = []
    /// The fields that Okta's document no longer has, and whose sentences the catalog keeps.
    package var removedFields: [Field] = []
    /// The whole entry in the catalog.
    public var location: SourceLocation
}

extension CatalogModel {
    /// The model that it extends, and its variants.
    package var relatedModels: [Located<String>] { [extends].compactMap { $0 } + variants.map(\.model) }
}

/// A sequence of a model and those that it extends, nearest first. It ends at a cycle, which is reported elsewhere.
package struct ExtensionChain: Sequence, IteratorProtocol {
    private let models: [String: CatalogModel]
    private var upcoming: CatalogModel?
    private var seen: Set<String> = []

    /// Starts with a model.
    ///
    /// - Parameter models: The models of the catalog by name.
    package init(of model: CatalogModel?, in models: [String: CatalogModel]) {
        self.models = models
        upcoming = model
    }

    /// Returns the next model; nil after the last.
    package mutating func next() -> CatalogModel? {
        guard let model = upcoming, seen.insert(model.name.value).inserted else { return nil }
        upcoming = model.extends.flatMap { models[$0.value] }
        return model
    }
}

/// The known values of a string field. Okta may add values at any time.
public struct CatalogEnumeration: Sendable, Hashable {
    /// One known value.
    public struct Value: Sendable, Hashable {
        /// The text on the wire.
        public var value: Located<String>
        /// A pinned Swift name; nil if it is derived from the value.
        public var swiftName: Located<String>?
        /// Its meaning in our words, if the text does not express it.
        public var documentation: String?
    }

    /// The Swift name.
    public var name: Located<String>
    /// Its position in upstream's document.
    public var upstream: Located<String>?
    /// The enumeration with the same values, if this one is an alias of it.
    public var sameAs: Located<String>? = nil
    /// The generated file that contains the declaration.
    public var group: String
    /// Its meaning in our words.
    public var documentation: String?
    /// The known values, in the order of the catalog.
    public var values: [Value]
    /// The whole entry in the catalog.
    public var location: SourceLocation
}
