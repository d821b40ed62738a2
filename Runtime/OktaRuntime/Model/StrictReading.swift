extension JSONConvertible {
    /// Reads a value strictly: everything inside it has to fit too.
    ///
    /// - Parameters:
    ///   - json: The value.
    ///   - path: Where it stands, for the error.
    /// - Throws: `JSONTypeMismatch`, naming the first place that does not fit.
    public init(strictly json: JSON, at path: JSONPath) throws(JSONTypeMismatch) {
        if let container = Self.self as? any JSONContainer.Type { try container.checkContents(of: json, at: path) }
        let isInQuotes = json.kind == .string && Self.self is any UnquotedScalar.Type
        guard !isInQuotes, let value = Self(fitting: json) else {
            throw JSONTypeMismatch(path: path, expected: Self.jsonTypeName, found: json.kind)
        }
        self = value
    }
}

/// A number or a boolean, which is no text by the letter, though a lenient read takes one.
protocol UnquotedScalar {}

extension Int: UnquotedScalar {}
extension Double: UnquotedScalar {}
extension Bool: UnquotedScalar {}

/// A type whose values hold others, which a lenient read leaves out where they do not fit.
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
