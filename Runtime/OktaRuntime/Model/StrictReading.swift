extension JSONConvertible {
    /// Reads a value strictly: all nested values must have their types too.
    ///
    /// - Parameters:
    ///   - json: The value.
    ///   - path: Its location, for the error.
    /// - Throws: `JSONTypeMismatch`, naming the first mismatch.
    public init(strictly json: JSON, at path: JSONPath) throws(JSONTypeMismatch) {
        if let container = Self.self as? any JSONContainer.Type { try container.checkContents(of: json, at: path) }
        let isInQuotes = json.kind == .string && Self.self is any UnquotedScalar.Type
        guard !isInQuotes, let value = Self(fitting: json) else {
            throw JSONTypeMismatch(path: path, expected: Self.jsonTypeName, found: json.kind)
        }
        self = value
    }
}

/// A number or a boolean. Lenient reads also accept it as a string in quotes; strict reads do not.
protocol UnquotedScalar {}

extension Int: UnquotedScalar {}
extension Double: UnquotedScalar {}
extension Bool: UnquotedScalar {}

/// A container type. Lenient reads skip its elements that do not have the type.
protocol JSONContainer {
    static func checkContents(of json: JSON, at path: JSONPath) throws(JSONTypeMismatch)
}

extension Array: JSONContainer where Element: JSONConvertible {
    static func checkContents(of json: JSON, at path: JSONPath) throws(JSONTypeMismatch) {
        for (index, element) in (json.elements ?? []).enumerated() {
            _ = try Element(strictly: element, at: path.appending(.index(index)))
        }
    }
}

extension Dictionary: JSONContainer where Key == String, Value: JSONConvertible {
    static func checkContents(of json: JSON, at path: JSONPath) throws(JSONTypeMismatch) {
        for (key, value) in json.members ?? [] {
            _ = try Value(strictly: value, at: path.appending(.key(key)))
        }
    }
}
