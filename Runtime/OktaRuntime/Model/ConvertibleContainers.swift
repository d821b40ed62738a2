extension Array: JSONConvertible where Element: JSONConvertible {
    /// Reads an array; elements that do not fit are left out.
    public init?(fitting json: JSON) {
        guard let elements = json.elements else { return nil }
        self = elements.compactMap { Element(fitting: $0) }
    }

    /// A JSON array.
    public var json: JSON { JSON(map(\.json)) }
}

extension Dictionary: JSONConvertible where Key == String, Value: JSONConvertible {
    /// Reads an object; members whose values do not fit are left out.
    public init?(fitting json: JSON) {
        guard let members = json.members else { return nil }
        self = [:]
        // A repeated name counts with its last value, even when that does not fit.
        for (key, value) in members { self[key] = Value(fitting: value) }
    }

    /// A JSON object with its members sorted by name.
    public var json: JSON { JSON(members: sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }) }
}

extension Array: JSONNamedType where Element: JSONConvertible {
    static var nameInMessages: String { "array of \(Element.jsonTypeName)" }
}

extension Dictionary: JSONNamedType where Key == String, Value: JSONConvertible {
    static var nameInMessages: String { "object of \(Value.jsonTypeName)" }
}
