import YAML

/// A use of a type, with its facts.
struct TypeUse: Sendable {
    var shape: Int
    /// Facts about the values at this use; the type may add more.
    var flags: TypeFlags = []
    /// Limits at this use.
    var limits = Limits()
    var lifecycle: String?
    var remarks = Remarks()
    /// The location of the use; nil when only the type has a location.
    var location: SourceLocation?

    var isNullable: Bool { flags.contains(.nullable) }

    init(shape: Int, at location: SourceLocation? = nil) {
        self.shape = shape
        self.location = location
    }
}

/// Facts that may be stated for a type or for a use of it.
struct TypeFlags: OptionSet, Sendable, Hashable {
    let rawValue: Int

    static let nullable = TypeFlags(rawValue: 1)
    static let readOnly = TypeFlags(rawValue: 2)
    static let writeOnly = TypeFlags(rawValue: 4)
    static let deprecated = TypeFlags(rawValue: 8)

    /// The flags by the keys of a schema.
    static let keys: [(String, TypeFlags)] = [
        ("nullable", .nullable), ("readOnly", .readOnly), ("writeOnly", .writeOnly), ("deprecated", .deprecated),
    ]
}

extension TypeFlags {
    /// Creates the flags that a schema sets.
    init(ofSchema node: YAMLNode) {
        var flags: TypeFlags = []
        for entry in node.entries ?? [] {
            let flag: TypeFlags
            switch entry.name {
            case "nullable": flag = .nullable
            case "readOnly": flag = .readOnly
            case "writeOnly": flag = .writeOnly
            case "deprecated": flag = .deprecated
            default: continue
            }
            if entry.value.scalar == "true" { flags.insert(flag) }
        }
        self = flags
    }
}

/// The names of types in messages.
enum TypeName {
    /// Returns the name of a used type: its own, or its content.
    static func of(_ use: TypeUse, in description: APIDescription) -> String {
        var (prefix, suffix) = ("", "")
        var current = use.shape
        // The loader limits the nesting.
        while true {
            let shape = description.shapes[current]
            if let name = shape.name { return prefix + name + suffix }
            switch (shape.kind, shape.element) {
            case (.array, let element?):
                (prefix, suffix) = (prefix + "[", "]" + suffix)
                current = element.shape
            case (.map, let element?):
                (prefix, suffix) = (prefix + "{map: ", "}" + suffix)
                current = element.shape
            default: return prefix + shape.kind.rawValue + suffix
            }
        }
    }
}
