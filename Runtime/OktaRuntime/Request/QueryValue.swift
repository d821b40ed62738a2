#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The value of one query parameter; made of `nil`, it drops the parameter.
public struct QueryValue: Sendable, Hashable {
    /// Percent-encoded; `nil` when the parameter is left out.
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

    /// A number, in decimal, whole ones without a fraction; infinities and NaN make the request invalid.
    public static func number(_ value: Double?) -> QueryValue {
        guard let value else { return QueryValue(encoded: nil) }
        guard value.isFinite else { return QueryValue(encoded: nil, fault: "a number that is not finite") }
        if let whole = Int(exactly: value) { return integer(whole) }
        return string("\(value)")
    }

    /// `true` or `false`.
    public static func boolean(_ value: Bool?) -> QueryValue {
        QueryValue(encoded: value.map { $0 ? "true" : "false" })
    }

    /// A moment, as `yyyy-MM-dd'T'HH:mm:ss.SSSZ`.
    public static func date(_ value: Date?) -> QueryValue {
        string(value.flatMap { $0.json.string })
    }

    /// Texts joined by commas, the commas inside a text encoded; an empty list is left out like `nil`.
    public static func list(_ values: [String]?) -> QueryValue {
        guard let values, !values.isEmpty else { return QueryValue(encoded: nil) }
        return QueryValue(encoded: values.map(PercentEncoding.encode).joined(separator: ","))
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
