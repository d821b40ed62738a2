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
