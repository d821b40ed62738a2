/// A required value is missing or has another type. Names the location and the types, never the value.
public struct JSONTypeMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    /// The location, relative to the value that was read.
    public let path: JSONPath
    /// The required type, such as `string` or `array of string`.
    public let expected: String
    /// The kind of the value found; nil when there is none.
    public let found: JSON.Kind?

    /// Creates an error.
    public init(path: JSONPath, expected: String, found: JSON.Kind?) {
        self.path = path
        self.expected = expected
        self.found = found
    }

    /// For example, `$.profile.login: expected string, found number` or `$.profile.login: expected string, found
    /// nothing`.
    public var description: String {
        "\(path): expected \(expected), found \(found?.description ?? "nothing")"
    }
}

extension JSON {
    /// Reads the value at a path of member names strictly: a value that is absent, null or of another type is an error.
    /// This includes numbers and booleans in quotes, which plain reads convert.
    ///
    /// Inside an array, a name that is a number selects the element at that position. Every element of a required
    /// array, and every value of a required dictionary, must have the type, whereas plain reads skip those that do not.
    /// - Throws: `JSONTypeMismatch`, which names the location.
    public func require<Value: JSONConvertible>(
        _ path: String..., as type: Value.Type = Value.self
    ) throws(JSONTypeMismatch) -> Value {
        var value = self
        var place = JSONPath()
        for name in path {
            let next: JSON?
            if value.kind == .array, let index = Int(name) {
                place = place.appending(.index(index))
                next = value[index]
            } else {
                place = place.appending(.key(name))
                next = value[name]
            }
            guard let next else { throw JSONTypeMismatch(path: place, expected: type.jsonTypeName, found: nil) }
            value = next
        }
        return try Value(strictly: value, at: place)
    }
}
