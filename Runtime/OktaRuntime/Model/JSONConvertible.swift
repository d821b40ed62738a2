/// A type that a JSON value can be read as and written from.
public protocol JSONConvertible: Sendable {
    /// Reads a value leniently: nil when it does not fit; containers leave out what does not fit inside them.
    init?(fitting json: JSON)

    /// Reads a value strictly: everything inside it has to fit too.
    /// - Throws: `JSONMisfit`, naming the first place that does not fit.
    init(strictly json: JSON, at path: JSONPath) throws(JSONMisfit)

    /// The value as JSON.
    var json: JSON { get }

    /// What a value has to be, for messages: `string`, `array of string`.
    static var jsonTypeName: String { get }
}

extension JSONConvertible {
    /// Reads a value strictly; for scalars that is the lenient read, with an error instead of nil.
    public init(strictly json: JSON, at path: JSONPath) throws(JSONMisfit) {
        guard let value = Self(fitting: json) else {
            throw JSONMisfit(path: path, expected: Self.jsonTypeName, found: json.kind)
        }
        self = value
    }
}

extension JSON: JSONConvertible {
    /// Any value fits, null too.
    public init?(fitting json: JSON) { self = json }

    /// The value itself.
    public var json: JSON { self }

    /// `value`
    public static var jsonTypeName: String { "value" }
}
