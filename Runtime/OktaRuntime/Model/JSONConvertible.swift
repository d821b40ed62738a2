/// A type that can be read from JSON and written to it.
///
/// The requirements are kept minimal: each one is compiled once per generated model.
public protocol JSONConvertible: Sendable {
    /// Reads a value leniently: nil when it does not have the type. Containers skip elements that do not have their
    /// type.
    init?(fitting json: JSON)

    /// The value as JSON.
    var json: JSON { get }
}

extension JSONConvertible where Self: RawRepresentable<String> {
    /// Reads a string; nil for any other kind.
    public init?(fitting json: JSON) {
        guard let text = json.string else { return nil }
        self.init(rawValue: text)
    }

    /// A JSON string.
    public var json: JSON { JSON(rawValue) }
}

extension JSON: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "value" }

    /// Reads any value, including null.
    public init?(fitting json: JSON) { self = json }

    /// The value itself.
    public var json: JSON { self }
}

extension JSONConvertible {
    /// The required type, for messages: `string`, `array of string`; the Swift name of the type when it has no other.
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
/// Models and enumerations do not conform: the conformance would be compiled for each of them.
protocol JSONNamedType {
    static var nameInMessages: String { get }
}

extension Array: JSONConvertible where Element: JSONConvertible {
    /// Reads an array; elements that do not have the type are skipped.
    public init?(fitting json: JSON) {
        guard let elements = json.elements else { return nil }
        self = elements.compactMap { Element(fitting: $0) }
    }

    /// A JSON array.
    public var json: JSON { JSON(map(\.json)) }
}

extension Dictionary: JSONConvertible where Key == String, Value: JSONConvertible {
    /// Reads an object; members whose values do not have the type are skipped.
    public init?(fitting json: JSON) {
        guard let members = json.members else { return nil }
        self = [:]
        // For a repeated name the last value counts, even when it does not have the type.
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
