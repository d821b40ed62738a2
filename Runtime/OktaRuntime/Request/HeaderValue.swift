/// The value of one header parameter; made of `nil`, it drops the header.
public struct HeaderValue: Sendable, Hashable {
    let text: String?
    /// What is wrong with the value; `nil` when it can be sent.
    let fault: String?

    private init(text: String?, fault: String? = nil) {
        self.text = text
        self.fault = fault
    }

    /// A text. Control characters, line breaks above all, make the request invalid.
    public static func string(_ value: String?) -> HeaderValue { HeaderValue(text: value) }

    /// A whole number, in decimal.
    public static func integer(_ value: Int?) -> HeaderValue { HeaderValue(text: value.map { String($0) }) }

    /// `true` or `false`.
    public static func boolean(_ value: Bool?) -> HeaderValue { HeaderValue(text: value.map { $0 ? "true" : "false" }) }

    /// A scalar of any type, such as a date: its text is that of its JSON. What has none makes the request invalid.
    public static func text(_ value: (some JSONConvertible)?) -> HeaderValue {
        guard let value else { return HeaderValue(text: nil) }
        let text = ParameterText(value)
        return HeaderValue(text: text.text, fault: text.fault)
    }

    /// Texts joined by commas; an empty list is left out like `nil`.
    public static func list(_ values: [String]?) -> HeaderValue {
        HeaderValue(text: values.flatMap { $0.isEmpty ? nil : $0.joined(separator: ",") })
    }

    /// Scalars joined by commas, each as ``text(_:)`` writes it; an empty list is left out like `nil`.
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
