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
