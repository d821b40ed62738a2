#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The value of one query parameter. A `nil` value omits the parameter.
public struct QueryValue: Sendable, Hashable {
    /// Percent-encoded; `nil` when the parameter is omitted.
    let encoded: String?
    let fault: String?

    private init(encoded: String?, fault: String? = nil) {
        self.encoded = encoded
        self.fault = fault
    }

    /// A text.
    public static func string(_ value: String?) -> QueryValue {
        QueryValue(encoded: value.map(PercentEncoding.encode))
    }

    /// A whole number, in decimal.
    public static func integer(_ value: Int?) -> QueryValue {
        QueryValue(encoded: value.map { String($0) })
    }

    /// A decimal number, whole ones without a fraction; infinities and NaN make the request invalid.
    public static func number(_ value: Double?) -> QueryValue { text(value) }

    /// `true` or `false`.
    public static func boolean(_ value: Bool?) -> QueryValue {
        QueryValue(encoded: value.map { $0 ? "true" : "false" })
    }

    /// A date, as `yyyy-MM-dd'T'HH:mm:ss.SSSZ`; one outside the years 0 to 9999 makes the request invalid.
    public static func date(_ value: Date?) -> QueryValue { text(value) }

    /// A scalar of any type, such as a URL, written as in JSON. A value without a JSON form makes the request invalid.
    public static func text(_ value: (some JSONConvertible)?) -> QueryValue {
        guard let value else { return QueryValue(encoded: nil) }
        let text = ParameterText(value)
        return QueryValue(encoded: PercentEncoding.encode(text.text), fault: text.fault)
    }

    /// Texts joined by commas, with commas inside a text encoded; an empty list is omitted like `nil`.
    public static func list(_ values: [String]?) -> QueryValue {
        guard let values, !values.isEmpty else { return QueryValue(encoded: nil) }
        return QueryValue(encoded: values.map(PercentEncoding.encode).joined(separator: ","))
    }

    /// Scalars joined by commas, each written like ``text(_:)``; an empty list is omitted like `nil`.
    public static func list(_ values: [some JSONConvertible]?) -> QueryValue {
        guard let values, !values.isEmpty else { return QueryValue(encoded: nil) }
        let (texts, fault) = ParameterText.list(values)
        return QueryValue(encoded: texts.map(PercentEncoding.encode).joined(separator: ","), fault: fault)
    }

    /// The raw value of an enum.
    public static func value(_ value: (some OktaEnum)?) -> QueryValue {
        string(value?.rawValue)
    }

    /// Raw values of an enum joined by commas; an empty list is left out like `nil`.
    public static func values(_ values: [some OktaEnum]?) -> QueryValue {
        list(values?.map(\.rawValue))
    }
}
