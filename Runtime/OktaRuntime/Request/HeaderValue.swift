/// The value of one header parameter. A `nil` value omits the header.
public struct HeaderValue: Sendable, Hashable {
    let text: String?
    /// Why the value is invalid; `nil` when it can be sent.
    let fault: String?

    private init(text: String?, fault: String? = nil) {
        self.text = text
        self.fault = fault
    }

    /// A text. Control characters, such as line breaks, make the request invalid.
    public static func string(_ value: String?) -> HeaderValue { HeaderValue(text: value) }

    /// A whole number, in decimal.
    public static func integer(_ value: Int?) -> HeaderValue { HeaderValue(text: value.map { String($0) }) }

    /// `true` or `false`.
    public static func boolean(_ value: Bool?) -> HeaderValue { HeaderValue(text: value.map { $0 ? "true" : "false" }) }

    /// A scalar of any type, such as a date, written as in JSON. A value without a JSON form makes the request invalid.
    public static func text(_ value: (some JSONConvertible)?) -> HeaderValue {
        guard let value else { return HeaderValue(text: nil) }
        let text = ParameterText(value)
        return HeaderValue(text: text.text, fault: text.fault)
    }

    /// Texts joined by commas; an empty list is omitted like `nil`.
    public static func list(_ values: [String]?) -> HeaderValue {
        HeaderValue(text: values.flatMap { $0.isEmpty ? nil : $0.joined(separator: ",") })
    }

    /// Scalars joined by commas, each written like ``text(_:)``; an empty list is omitted like `nil`.
    public static func list(_ values: [some JSONConvertible]?) -> HeaderValue {
        guard let values, !values.isEmpty else { return HeaderValue(text: nil) }
        let (texts, fault) = ParameterText.list(values)
        return HeaderValue(text: texts.joined(separator: ","), fault: fault)
    }

    /// The raw value of an enum.
    public static func value(_ value: (some OktaEnum)?) -> HeaderValue { HeaderValue(text: value?.rawValue) }

    /// Raw values of an enum joined by commas; an empty list is left out like `nil`.
    public static func values(_ values: [some OktaEnum]?) -> HeaderValue { list(values?.map(\.rawValue)) }
}
