/// The text of one value in a path, a query or a header, defined once for all three.
///
/// A text is unchanged, a whole number is decimal without a fraction, a boolean is `true` or `false`, and a date is
/// `yyyy-MM-dd'T'HH:mm:ss.SSSZ`.
struct ParameterText {
    let text: String
    /// Why the value is invalid; `nil` when it can be sent.
    let fault: String?

    init(_ value: some JSONConvertible) {
        let json = value.json
        switch json.kind {
        case .string: self.init(text: json.string ?? "")
        case .boolean: self.init(text: json.bool == true ? "true" : "false")
        case .number: self.init(text: json.int.map { String($0) } ?? json.double.map { "\($0)" } ?? "")
        // JSON has null for numbers that it cannot write.
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
    /// The texts of a list's elements; joined by commas, they form the list's text.
    static func list(_ values: [some JSONConvertible]) -> (texts: [String], fault: String?) {
        let all = values.map { ParameterText($0) }
        return (all.map(\.text), all.lazy.compactMap(\.fault).first)
    }
}
