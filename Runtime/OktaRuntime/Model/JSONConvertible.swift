/// A type that a JSON value can be read as and written from.
///
/// It asks for no more than these two: what is asked of a type is compiled for each of a thousand models.
public protocol JSONConvertible: Sendable {
    /// Reads a value leniently: nil when it does not fit; containers leave out what does not fit inside them.
    init?(fitting json: JSON)

    /// The value as JSON.
    var json: JSON { get }
}

extension JSONConvertible where Self: RawRepresentable<String> {
    /// Reads a string; nothing else fits.
    public init?(fitting json: JSON) {
        guard let text = json.string else { return nil }
        self.init(rawValue: text)
    }

    /// A JSON string.
    public var json: JSON { JSON(rawValue) }
}

extension JSON: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "value" }

    /// Any value fits, null too.
    public init?(fitting json: JSON) { self = json }

    /// The value itself.
    public var json: JSON { self }
}

extension JSONConvertible {
    /// What a value has to be, for messages: `string`, `array of string`; the type's Swift name where nothing else is known.
    public static var jsonTypeName: String {
        switch Self.self {
        case let type as any JSONNamedType.Type: type.nameInMessages
        case is any OktaModel.Type: "object"
        case is any OktaEnum.Type: "string"
        default: "\(Self.self)"
        }
    }
}

/// A type that says what it is called in messages.
///
/// Not for models and enumerations: a conformance would be compiled for each of a thousand.
protocol JSONNamedType {
    static var nameInMessages: String { get }
}

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
