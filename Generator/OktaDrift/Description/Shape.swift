import YAML

/// A type with all that it inherits, as an input describes it.
struct Shape: Sendable {
    /// What kind of value it is.
    enum Kind: String, Sendable {
        case any, string, dateTime, uri, duration, base64, integer, number, boolean, enumeration, array, map, object
        case bytes, certificate, file
    }

    /// The name; nil for what is described in place.
    var name: String?
    var kind: Kind = .any
    /// Known values, of an enumeration.
    var values: [Value] = []
    /// What a list or map holds.
    var element: TypeUse?
    var fields: [Field] = []
    /// Whether there are members that nobody declared.
    var isOpen = false
    var discriminator: String?
    var variants: [Variant] = []
    /// Limits and formats, by their names in JSON Schema.
    var facts: [String: String] = [:]
    /// What the short initialiser takes; empty in Okta's document.
    var initializer: [String] = []
    /// Names of required members, while the shape is read and its fields are not all known.
    var required: Set<String> = []
    var text = TextDigest()
    var location: SourceLocation

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
        var use: TypeUse
    }
}
