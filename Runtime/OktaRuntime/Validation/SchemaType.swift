/// A type in a schema's notation: `string`, `User`, `[User]`, `{string}`.
indirect enum SchemaType {
    case named(String)
    case array(SchemaType)
    case dictionary(SchemaType)

    init(_ notation: Substring) {
        if notation.hasPrefix("["), notation.hasSuffix("]") {
            self = .array(SchemaType(notation.dropFirst().dropLast()))
        } else if notation.hasPrefix("{"), notation.hasSuffix("}") {
            self = .dictionary(SchemaType(notation.dropFirst().dropLast()))
        } else {
            self = .named(String(notation))
        }
    }

    /// The type in words, for messages.
    var description: String {
        switch self {
        case .named(let name): name
        case .array(let element): "array of \(element.description)"
        case .dictionary(let value): "object of \(value.description)"
        }
    }
}
