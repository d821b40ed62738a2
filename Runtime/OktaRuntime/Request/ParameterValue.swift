#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The text of a value in a path, a query or a header field.
///
/// A text is unchanged, a whole number is decimal without a fraction, a boolean is `true` or `false`, and a date has
/// the format `yyyy-MM-dd'T'HH:mm:ss.SSSZ`.
struct ParameterText {
    let text: String
    /// The reason that the value is invalid; `nil` if it is valid.
    let fault: String?

    init(_ value: some JSONConvertible) {
        let json = value.json
        switch json.kind {
        case .string: self.init(text: json.string ?? "")
        case .boolean: self.init(text: json.bool == true ? "true" : "false")
        case .number: self.init(text: json.int.map { String($0) } ?? json.double.map { "\($0)" } ?? "")
        // Numbers that JSON cannot represent are converted to null.
        case .null where value is Double: self.init(text: "", fault: "a number that is not finite")
        case .null: self.init(text: "", fault: "a value without a text, such as a date outside the years 0 to 9999")
        case .array, .object: self.init(text: "", fault: "\(json.kind), which has no text")
        }
    }

    private init(text: String, fault: String? = nil) {
        self.text = text
        self.fault = fault
    }
}

extension ParameterText {
    /// Returns the texts of a list's elements, which are joined by commas to form the list's text.
    static func list(_ values: [some JSONConvertible]) -> (texts: [String], fault: String?) {
        let all = values.map { ParameterText($0) }
        return (all.map(\.text), all.lazy.compactMap(\.fault).first)
    }
}

extension RequestQuery {
    /// The value of one query parameter. A `nil` value omits the parameter.
    public struct Value: Sendable, Hashable {
        /// The percent-encoded text; `nil` if the parameter is omitted.
        let encoded: String?
        /// The values of further parameters with the same name, percent-encoded.
        let more: [String]
        let fault: String?

        private init(encoded: String?, more: [String] = [], fault: String? = nil) {
            self.encoded = encoded
            self.more = more
            self.fault = fault
        }

        /// Creates one parameter for each text.
        private init(repeating texts: [String], fault: String? = nil) {
            let encoded = texts.map(PercentEncoding.encode)
            self.init(encoded: encoded.first, more: Array(encoded.dropFirst()), fault: fault)
        }

        /// Returns a text, which is percent-encoded.
        public static func string(_ value: String?) -> RequestQuery.Value {
            RequestQuery.Value(encoded: value.map(PercentEncoding.encode))
        }

        /// Returns a whole number, in decimal.
        public static func integer(_ value: Int?) -> RequestQuery.Value {
            RequestQuery.Value(encoded: value.map { String($0) })
        }

        /// Returns a decimal number, without a fraction if it is whole. Infinities and NaN make the request invalid.
        public static func number(_ value: Double?) -> RequestQuery.Value { text(value) }

        /// Returns the text `true` or `false`.
        public static func boolean(_ value: Bool?) -> RequestQuery.Value {
            RequestQuery.Value(encoded: value.map { $0 ? "true" : "false" })
        }

        /// Returns a date in the format `yyyy-MM-dd'T'HH:mm:ss.SSSZ`. A date outside the years 0 to 9999 makes the
        /// request invalid.
        public static func date(_ value: Date?) -> RequestQuery.Value { text(value) }

        /// Returns a scalar of any type, such as a URL, written as in JSON. A value without a JSON form makes the
        /// request invalid.
        public static func text(_ value: (some JSONConvertible)?) -> RequestQuery.Value {
            guard let value else { return RequestQuery.Value(encoded: nil) }
            let text = ParameterText(value)
            return RequestQuery.Value(encoded: PercentEncoding.encode(text.text), fault: text.fault)
        }

        /// Returns texts joined by commas. Commas inside a text are encoded. An empty list is omitted like `nil`.
        public static func list(_ values: [String]?) -> RequestQuery.Value {
            guard let values, !values.isEmpty else { return RequestQuery.Value(encoded: nil) }
            return RequestQuery.Value(encoded: values.map(PercentEncoding.encode).joined(separator: ","))
        }

        /// Returns scalars joined by commas, each written like ``text(_:)``. An empty list is omitted like `nil`.
        public static func list(_ values: [some JSONConvertible]?) -> RequestQuery.Value {
            guard let values, !values.isEmpty else { return RequestQuery.Value(encoded: nil) }
            let (texts, fault) = ParameterText.list(values)
            return RequestQuery.Value(encoded: texts.map(PercentEncoding.encode).joined(separator: ","), fault: fault)
        }

        /// Returns one parameter for each text, all with the same name. An empty list is omitted like `nil`.
        public static func repeated(_ values: [String]?) -> RequestQuery.Value {
            RequestQuery.Value(repeating: values ?? [])
        }

        /// Returns one parameter for each scalar, written like ``text(_:)``. An empty list is omitted like `nil`.
        public static func repeated(_ values: [some JSONConvertible]?) -> RequestQuery.Value {
            let (texts, fault) = ParameterText.list(values ?? [])
            return RequestQuery.Value(repeating: texts, fault: fault)
        }

        /// Returns one parameter for each raw value of an enum. An empty list is omitted like `nil`.
        public static func repeatedValues(_ values: [some OktaEnum]?) -> RequestQuery.Value {
            repeated(values?.map(\.rawValue))
        }

        /// Returns a member of a model in a form. Null is omitted, and the elements of a list are separated by spaces.
        static func member(_ value: JSON) -> RequestQuery.Value {
            switch value.kind {
            case .null: return RequestQuery.Value(encoded: nil)
            case .array:
                let (texts, fault) = ParameterText.list(value.elements.map(Array.init) ?? [])
                guard !texts.isEmpty else { return RequestQuery.Value(encoded: nil) }
                return RequestQuery.Value(encoded: PercentEncoding.encode(texts.joined(separator: " ")), fault: fault)
            default: return text(value)
            }
        }

        /// Returns the raw value of an enum.
        public static func value(_ value: (some OktaEnum)?) -> RequestQuery.Value {
            string(value?.rawValue)
        }

        /// Returns raw values of an enum joined by commas. An empty list is omitted like `nil`.
        public static func values(_ values: [some OktaEnum]?) -> RequestQuery.Value {
            list(values?.map(\.rawValue))
        }
    }
}

extension RequestHeaders {
    /// The value of one header parameter. A `nil` value omits the header.
    public struct Value: Sendable, Hashable {
        let text: String?
        /// The reason that the value is invalid; `nil` if it is valid.
        let fault: String?

        private init(text: String?, fault: String? = nil) {
            self.text = text
            self.fault = fault
        }

        /// Returns a text. Control characters, such as line breaks, make the request invalid.
        public static func string(_ value: String?) -> RequestHeaders.Value { RequestHeaders.Value(text: value) }

        /// Returns a whole number, in decimal.
        public static func integer(_ value: Int?) -> RequestHeaders.Value {
            RequestHeaders.Value(text: value.map { String($0) })
        }

        /// Returns the text `true` or `false`.
        public static func boolean(_ value: Bool?) -> RequestHeaders.Value {
            RequestHeaders.Value(text: value.map { $0 ? "true" : "false" })
        }

        /// Returns a scalar of any type, such as a date, written as in JSON. A value without a JSON form makes the
        /// request invalid.
        public static func text(_ value: (some JSONConvertible)?) -> RequestHeaders.Value {
            guard let value else { return RequestHeaders.Value(text: nil) }
            let text = ParameterText(value)
            return RequestHeaders.Value(text: text.text, fault: text.fault)
        }

        /// Returns texts joined by commas. An empty list is omitted like `nil`.
        public static func list(_ values: [String]?) -> RequestHeaders.Value {
            RequestHeaders.Value(text: values.flatMap { $0.isEmpty ? nil : $0.joined(separator: ",") })
        }

        /// Returns scalars joined by commas, each written like ``text(_:)``. An empty list is omitted like `nil`.
        public static func list(_ values: [some JSONConvertible]?) -> RequestHeaders.Value {
            guard let values, !values.isEmpty else { return RequestHeaders.Value(text: nil) }
            let (texts, fault) = ParameterText.list(values)
            return RequestHeaders.Value(text: texts.joined(separator: ","), fault: fault)
        }

        /// Returns the raw value of an enum.
        public static func value(_ value: (some OktaEnum)?) -> RequestHeaders.Value {
            RequestHeaders.Value(text: value?.rawValue)
        }

        /// Returns raw values of an enum joined by commas. An empty list is omitted like `nil`.
        public static func values(_ values: [some OktaEnum]?) -> RequestHeaders.Value { list(values?.map(\.rawValue)) }
    }
}
