/// A value is not there, or not of the type that was required. Names the place and the types, never the value.
public struct JSONTypeMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    /// The place, from the value that was asked.
    public let path: JSONPath
    /// What was required, such as `string` or `array of string`.
    public let expected: String
    /// What stands there; nil when nothing does.
    public let found: JSON.Kind?

    /// Creates a misfit.
    public init(path: JSONPath, expected: String, found: JSON.Kind?) {
        self.path = path
        self.expected = expected
        self.found = found
    }

    /// Such as `$.profile.login: expected string, found number` or `$.profile.login: expected string, found nothing`.
    public var description: String {
        "\(path): expected \(expected), found \(found?.description ?? "nothing")"
    }
}

extension JSON {
    /// The value at a path of member names, strictly: what is absent, null or of another type is an error. That goes for
    /// a number or a boolean in quotes too, which plain reads take for what it says.
    ///
    /// Inside an array a name that is a number stands for the element at that position. Every element of a required
    /// array, and every value of a required dictionary, has to fit, whereas plain reads skip those that do not.
    /// - Throws: `JSONTypeMismatch`, which names the place.
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
