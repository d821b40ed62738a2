/// A type that can be read from JSON and written to it.
///
/// The requirements are kept minimal: each one is compiled once per generated model.
public protocol JSONConvertible: Sendable {
    /// Reads a value leniently. Returns `nil` if it does not have the type. Containers skip elements that do not have
    /// their type.
    init?(lenient json: JSON)

    /// The value as JSON.
    var json: JSON { get }
}

extension JSONConvertible where Self: RawRepresentable<String> {
    /// Reads a string. Returns `nil` for any other kind.
    public init?(lenient json: JSON) {
        guard let text = json.string else { return nil }
        self.init(rawValue: text)
    }

    /// A JSON string.
    public var json: JSON { JSON(rawValue) }
}

extension JSON: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "value" }

    /// Reads any value, including null.
    public init?(lenient json: JSON) { self = json }

    /// The value itself.
    public var json: JSON { self }
}

extension JSONConvertible {
    /// The name of the type for messages, such as `array of string`; the Swift name of the type if it has no other.
    public static var jsonTypeName: String {
        switch Self.self {
        case let type as any JSONNamedType.Type: type.nameInMessages
        case is any OktaModel.Type: "object"
        case is any OktaEnum.Type: "string"
        default: "\(Self.self)"
        }
    }
}

/// A type with a name for messages.
///
/// Models and enumerations do not conform, because the conformance would be compiled for each of them.
protocol JSONNamedType {
    static var nameInMessages: String { get }
}

extension Array: JSONConvertible where Element: JSONConvertible {
    /// Reads an array. Elements that do not have the type are skipped.
    public init?(lenient json: JSON) {
        guard let elements = json.elements else { return nil }
        self = []
        // A loop, because the unspecialized generic code of `compactMap` would be slow here.
        reserveCapacity(elements.count)
        for element in elements {
            if let value = Element(lenient: element) { append(value) }
        }
    }

    /// A JSON array.
    public var json: JSON { JSON(map(\.json)) }
}

extension Dictionary: JSONConvertible where Key == String, Value: JSONConvertible {
    /// Reads an object. Members whose values do not have the type are skipped.
    public init?(lenient json: JSON) {
        guard let members = json.members else { return nil }
        self = [:]
        // For a repeated name, the last value counts, even if it does not have the type.
        for (key, value) in members { self[key] = Value(lenient: value) }
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

extension JSONConvertible {
    /// Reads a value strictly. All nested values must have their types too.
    ///
    /// - Parameters:
    ///   - json: The value.
    ///   - path: The location of the value, for the error.
    /// - Throws: `JSON.TypeMismatch`, which names the first mismatch.
    public init(strict json: JSON, at path: JSON.Path) throws(JSON.TypeMismatch) {
        if let container = Self.self as? any JSONContainer.Type { try container.checkContents(of: json, at: path) }
        let isInQuotes = json.kind == .string && Self.self is any UnquotedScalar.Type
        guard !isInQuotes, let value = Self(lenient: json) else {
            throw JSON.TypeMismatch(path: path, expected: Self.jsonTypeName, found: json.kind)
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
    static func checkContents(of json: JSON, at path: JSON.Path) throws(JSON.TypeMismatch)
}

extension Array: JSONContainer where Element: JSONConvertible {
    static func checkContents(of json: JSON, at path: JSON.Path) throws(JSON.TypeMismatch) {
        for (index, element) in (json.elements ?? []).enumerated() {
            _ = try Element(strict: element, at: path.appending(.index(index)))
        }
    }
}

extension Dictionary: JSONContainer where Key == String, Value: JSONConvertible {
    static func checkContents(of json: JSON, at path: JSON.Path) throws(JSON.TypeMismatch) {
        for (key, value) in json.members ?? [] {
            _ = try Value(strict: value, at: path.appending(.key(key)))
        }
    }
}

extension JSON {
    /// The error for a required value that is missing or has another type. It names the location and the types, but not
    /// the value.
    public struct TypeMismatch: Error, Sendable, Hashable, CustomStringConvertible {
        /// The location, relative to the value that was read.
        public let path: JSON.Path
        /// The required type, such as `string` or `array of string`.
        public let expected: String
        /// The kind of the value found; `nil` if there is none.
        public let found: JSON.Kind?

        /// Creates an error.
        public init(path: JSON.Path, expected: String, found: JSON.Kind?) {
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
}

extension JSON {
    /// Returns the value at a path of member names, which must have the type. Numbers and booleans in quotes, which
    /// plain reads convert, are errors.
    ///
    /// Inside an array, a name that is a number selects the element at that position. Every element of a required
    /// array, and every value of a required dictionary, must have the type, whereas plain reads skip those that do not.
    ///
    /// - Throws: `JSON.TypeMismatch` with the location, if the value is absent, null or of another type.
    public func require<Value: JSONConvertible>(
        _ path: String..., as type: Value.Type = Value.self
    ) throws(JSON.TypeMismatch) -> Value {
        var value = self
        var place = JSON.Path()
        for name in path {
            let next: JSON?
            if value.kind == .array, let index = Int(name) {
                place = place.appending(.index(index))
                next = value[index]
            } else {
                place = place.appending(.key(name))
                next = value[name]
            }
            guard let next else { throw JSON.TypeMismatch(path: place, expected: type.jsonTypeName, found: nil) }
            value = next
        }
        return try Value(strict: value, at: place)
    }
}
