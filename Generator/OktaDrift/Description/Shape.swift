import OktaCatalog
import OktaUpstream
import YAML

/// A type in an input's description, including inherited parts.
struct Shape: Sendable {
    /// The kind of value.
    enum Kind: String, Sendable {
        case any, string, dateTime, uri, duration, base64, integer, number, boolean, enumeration, array, map, object
        case bytes, certificate, file
    }

    /// Whether an object may have undeclared members.
    enum Openness: Int, Sendable {
        case closed, unstated, open
    }

    /// The name; nil for an inline type.
    var name: String?
    var kind: Kind = .any
    /// The kind of an enumeration's values; nil if it is unspecified.
    var valueKind: Kind?
    /// Known values, of an enumeration.
    var values: [Value] = []
    /// The element of a list or map.
    var element: TypeUse?
    var fields: [Field] = []
    var openness = Openness.unstated
    var discriminator: String?
    var variants: [Variant] = []
    var flags: TypeFlags = []
    var lifecycle: String?
    var limits = Limits()
    /// The parameters of the short initializer; empty in Okta's document.
    var initializer: [String] = []
    /// The statements of inherited types that the type does not inherit.
    var bases: [Int] = []
    /// Whether it contains only statements that extending types do not inherit.
    var isBase = false
    var remarks = Remarks()
    /// The locations of facts below the type's own location.
    var places: (openness: SourceLocation?, discriminator: SourceLocation?) = (nil, nil)
    var location: SourceLocation

    init(name: String? = nil, kind: Kind = .any, element: TypeUse? = nil, location: SourceLocation) {
        self.name = name
        self.kind = kind
        self.element = element
        self.location = location
    }

    var isOpen: Bool { openness == .open }

    /// A known value.
    struct Value: Sendable {
        /// The text on the wire.
        var value: String
        /// The Swift name; nil in Okta's document.
        var symbol: String?
        var location: SourceLocation
    }

    /// A member of an object.
    struct Field: Sendable {
        /// The key on the wire.
        var name: String
        /// The name in reports: the key, or the Swift name.
        var symbol: String
        var use: TypeUse
        var isRequired = false
        /// The type that declares it, if it is inherited.
        var origin: String?
        var location: SourceLocation
    }

    /// A variant of an object.
    struct Variant: Sendable {
        /// The identity of the variant: a value of the discriminator, or the variant's name.
        var key: String
        /// Whether the key is only an index in the list of variants.
        var isNameless = false
        var use: TypeUse
        var location: SourceLocation
    }
}

extension Shape.Kind {
    /// Creates the kind of value of a catalog's built-in type.
    init(_ type: BuiltinType) {
        self =
            switch type {
            case .string: .string
            case .integer: .integer
            case .number: .number
            case .boolean: .boolean
            case .dateTime: .dateTime
            case .uri: .uri
            case .duration: .duration
            case .base64: .base64
            case .json: .any
            case .bytes: .bytes
            case .certificate: .certificate
            case .file: .file
            }
    }

    /// Creates the kind of value that a schema itself states; nil if it states none.
    init?(ofSchema node: YAMLNode) {
        if let type = BuiltinType(ofSchema: node) {
            self.init(type)
            return
        }
        switch node["type"]?.scalar {
        case "array": self = .array
        case "object": self = .object
        default: return nil
        }
    }

    /// Returns the intersection with another kind; the first one if they are disjoint.
    func narrowed(to other: Shape.Kind) -> Shape.Kind {
        switch (self, other) {
        case (.any, _): other
        case (.number, .integer), (.string, .dateTime), (.string, .uri), (.string, .duration), (.string, .base64),
            (.string, .bytes):
            other
        default: self
        }
    }
}
