import YAML

/// A place at which a type is used, with what is said there of it.
struct TypeUse: Sendable {
    var shape: Int
    /// What is said here of the values; the type may say more of it.
    var flags: TypeFlags = []
    /// Limits that hold at this place.
    var limits = Limits()
    var lifecycle: String?
    var remarks = Remarks()
    /// Where it is used; nil where only the type has a place.
    var location: SourceLocation?

    var isNullable: Bool { flags.contains(.nullable) }

    init(shape: Int, at location: SourceLocation? = nil) {
        self.shape = shape
        self.location = location
    }
}

/// What may be said of a type as well as of a place where it is used.
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
    /// The flags that a schema sets.
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
