/// The kind of element that a name belongs to. It determines the case of the first letter, the reserved names and the
/// suffix of derived names that are reserved.
package enum NameKind: String, Sendable, CaseIterable {
    case group, type, function, parameter, field, value, form

    /// The word for the kind in messages.
    var word: String { self == .form ? "case" : rawValue }

    /// Whether names of the kind begin with a capital letter. Only types do, so that a type is not confused with a
    /// member.
    var isCapitalized: Bool { self == .type }

    /// The key that pins such a name.
    var key: String {
        self == .form ? "case" : "swift"
    }

    /// The suffix of a derived name that would otherwise be reserved.
    var suffix: StaticString {
        switch self {
        case .group: "Group"
        case .type: "Type"
        case .function: "Action"
        case .parameter, .field, .value: "Value"
        case .form: "Form"
        }
    }
}

/// Names that an element of the catalog cannot have, because they have another meaning in Swift, in the runtime or
/// among the names that the generator creates.
///
/// A reserved derived name gets the suffix of its ``NameKind``. A reserved pinned name is rejected.
package struct ReservedNames {
    /// The replacements that are better than a suffix.
    private static let better: [NameKind: [String: String]] = [
        .field: ["self": "selfLink"], .value: ["self": "selfLink"],
    ]

    package static func contains(_ name: String, as kind: NameKind) -> Bool {
        reserved[kind]?.contains(name) ?? false
    }

    /// Returns the replacement of a reserved name.
    static func replacement(of name: String, as kind: NameKind) -> String {
        better[kind]?[name] ?? name + kind.suffix.description
    }

    /// Returns another name for a type whose name is reserved.
    package static func otherName(ofType name: String) -> String {
        let prefixed = "Okta" + name
        return contains(prefixed, as: .type) ? name + "Model" : prefixed
    }

    private static let reserved: [NameKind: Set<String>] = [
        .group: language.union(RuntimeNames.clientMembers),
        .function: language,
        // Such a parameter would shadow a function that the body calls, or be confused with the request body or the
        // client.
        .parameter: language.union(["body", "client"]),
        .field: fields,
        .value: language.union(optional).union(RuntimeNames.enumerationMembers).union(["rawValue", "hashValue"]),
        // `Variant` has the JSON of its form; each form's name is a function of the union's type, too.
        .form: fields.union(RuntimeNames.modelTypeMembers).union([DerivedNames.unknown.bare]),
        .type: types,
    ]

    /// `x.self` is the value itself and `x.init` calls an initializer, with or without backticks.
    private static let language: Set<String> = ["self", "init"]

    /// Names of `Optional`'s cases: `x = .none` sets an optional property to nil even if its type has a member of that
    /// name.
    private static let optional: Set<String> = ["none", "some"]

    private static let fields: Set<String> = language.union(optional).union(RuntimeNames.modelMembers)
        .union(RuntimeNames.modelInitializers).union([
            DerivedNames.variant.bare,
            // The runtime's function that lists the members with undeclared types.
            "issues",
        ])

    private static let types: Set<String> = RuntimeNames.types.union(languageTypes).union(modules).union(inferredTypes)
        .union(DerivedNames.testTypes).union(
            [
                DerivedNames.variantType, DerivedNames.everyCall, DerivedNames.everyReader, DerivedNames.everyForm,
            ].map(\.bare))

    /// Types of the language, of the standard library, of Foundation and of HTTPTypes that generated and calling code
    /// uses by these names.
    private static let languageTypes: Set<String> = [
        "Type", "Protocol", "Self", "Any", "AnyObject", "Never", "Void",
        "Array", "Bool", "Character", "Codable", "Data", "Date", "Decodable", "Decoder", "Dictionary", "Double",
        "Encodable", "Encoder", "Equatable", "Error", "Float", "Hashable", "Hasher", "Identifiable", "Int", "Int64",
        "Optional", "RawRepresentable", "Result", "Sendable", "Sequence", "Set", "StaticString", "String", "Task",
        "URL", "UInt8",
        "HTTPField", "HTTPFields", "HTTPRequest", "HTTPResponse",
    ]

    /// Names of modules, which qualify the names of types.
    private static let modules: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "HTTPTypes", "OktaRuntime",
    ]

    /// Types that the compiler infers for the conformances of models and enumerations.
    private static let inferredTypes: Set<String> = ["ID", "RawValue"]

    /// Returns whether a module cannot have this name.
    static func containsModule(_ name: String) -> Bool { types.contains(name) }
}
