import YAML

/// A type in the catalog's notation: `string`, `User`, `[User]`, `{map: string}`.
public indirect enum TypeExpression: Sendable, Hashable {
    /// One of the built-in types.
    case builtin(BuiltinType)
    /// A model or enumeration of the catalog.
    case named(Located<String>)
    /// A list.
    case array(TypeExpression)
    /// An object with free keys and values of one type.
    case map(TypeExpression)

    /// The names of models and enumerations in the type, with their locations.
    public var references: [Located<String>] {
        switch self {
        case .builtin: []
        case .named(let name): [name]
        case .array(let element): element.references
        case .map(let value): value.references
        }
    }

    /// Whether the type is a list.
    public var isArray: Bool {
        if case .array = self { true } else { false }
    }

    /// Whether the type is allowed only as a whole body.
    public var isBodyOnly: Bool {
        if case .builtin(let type) = self { type.isBodyOnly } else { false }
    }

    /// The type in the catalog's own notation.
    public var notation: String {
        switch self {
        case .builtin(let type): type.rawValue
        case .named(let name): name.value
        case .array(let element): "[\(element.notation)]"
        case .map(let value): "{map: \(value.notation)}"
        }
    }
}

/// The types that need no declaration.
public enum BuiltinType: String, Sendable, Hashable, CaseIterable {
    /// Text.
    case string
    /// An integer of up to 64 bits.
    case integer
    /// A number with a fraction.
    case number
    /// True or false.
    case boolean
    /// A date, as RFC 3339 text.
    case dateTime
    /// A URI, as text.
    case uri
    /// A duration, as ISO 8601 text.
    case duration
    /// Bytes, as base64 text.
    case base64
    /// Any JSON value.
    case json
    /// Bytes that are not JSON; only as a body or a response.
    case bytes
    /// An X.509 certificate in PEM or DER form; only as a body.
    case certificate
    /// A file in a multipart form; only as a body.
    case file

    /// Whether the type is allowed only as a whole body.
    public var isBodyOnly: Bool {
        switch self {
        case .bytes, .certificate, .file: true
        default: false
        }
    }
}
