import YAML

/// A type with all that it inherits, as an input describes it.
struct Shape: Sendable {
    /// What kind of value it is.
    enum Kind: String, Sendable {
        case any, string, dateTime, uri, duration, base64, integer, number, boolean, enumeration, array, map, object
        case bytes, certificate, file
    }

    /// Whether an object may have members that nobody declared.
    enum Openness: Int, Sendable {
        case closed, unstated, open
    }

    /// The name; nil for what is described in place.
    var name: String?
    var kind: Kind = .any
    /// What the values of an enumeration are; nil where the input does not say it.
    var valueKind: Kind?
    /// Known values, of an enumeration.
    var values: [Value] = []
    /// What a list or map holds.
    var element: TypeUse?
    var fields: [Field] = []
    var openness = Openness.unstated
    var discriminator: String?
    var variants: [Variant] = []
    var flags: TypeFlags = []
    var lifecycle: String?
    var limits = Limits()
    /// What the short initialiser takes; empty in Okta's document.
    var initializer: [String] = []
    /// Types of which the inherited ones each hold what the heir does not take over.
    var bases: [Int] = []
    /// Whether it only holds what those that extend the type do not take over.
    var isBase = false
    var remarks = Remarks()
    /// Where facts are stated that stand below the type's own place.
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
        /// What it is called in reports: the key, or the Swift name.
        var symbol: String
        var use: TypeUse
        var isRequired = false
        /// The type that declares it, when this one inherits it.
        var origin: String?
        var location: SourceLocation
    }

    /// A form that an object can take.
    struct Variant: Sendable {
        /// What tells the form apart: a value of the discriminator, or the name of the form.
        var key: String
        /// Whether the key is no more than a number in the list of forms.
        var isNameless = false
        var use: TypeUse
        var location: SourceLocation
    }
}
