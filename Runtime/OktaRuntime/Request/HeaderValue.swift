/// The value of one header parameter; made of `nil`, it drops the header.
public struct HeaderValue: Sendable, Hashable {
    let text: String?

    private init(text: String?) {
        self.text = text
    }

    /// A text. Control characters, line breaks above all, make the request invalid.
    public static func string(_ value: String?) -> HeaderValue { HeaderValue(text: value) }

    /// A whole number, in decimal.
    public static func integer(_ value: Int?) -> HeaderValue { HeaderValue(text: value.map { String($0) }) }

    /// `true` or `false`.
    public static func boolean(_ value: Bool?) -> HeaderValue { HeaderValue(text: value.map { $0 ? "true" : "false" }) }

    /// Texts joined by commas; an empty list is left out like `nil`.
    public static func list(_ values: [String]?) -> HeaderValue {
        HeaderValue(text: values.flatMap { $0.isEmpty ? nil : $0.joined(separator: ",") })
    }

    /// The raw value of an enum.
    public static func value(_ value: (some OktaEnum)?) -> HeaderValue { HeaderValue(text: value?.rawValue) }

    /// Raw values of an enum joined by commas; an empty list is left out like `nil`.
    public static func values(_ values: [some OktaEnum]?) -> HeaderValue { list(values?.map(\.rawValue)) }
}
