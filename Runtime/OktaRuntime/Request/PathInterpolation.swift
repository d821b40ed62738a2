extension RequestPath {
    /// Collects the parts of a path literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        // No capacity is reserved: a text begins as the first literal, without a copy, and most have one value.
        /// The percent-encoded path.
        private(set) var encoded = ""
        /// The literal texts, with `{}` for each value.
        private(set) var template = ""
        /// The reason that a value is invalid; `nil` if all are valid.
        private(set) var fault: String?

        private var valueCount = 0
        private var hasOrdinaryLiterals = true
        private var endsWithLiteral = false

        /// Creates an empty path.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Whether the path is valid by the rules of ``PathCheck``, and its template complete. A value is one segment,
        /// or a part of one, and cannot form a segment of dots with the text around it. Ordinary literals therefore
        /// suffice.
        var isOrdinary: Bool { hasOrdinaryLiterals && fault == nil && valueCount > 0 }

        /// Appends literal text unchanged.
        public mutating func appendLiteral(_ literal: String) {
            guard !literal.isEmpty else { return }
            // Two literals in sequence may have a segment in common.
            hasOrdinaryLiterals =
                hasOrdinaryLiterals && !endsWithLiteral && PathCheck.isOrdinary(literal, isFirst: encoded.isEmpty)
            endsWithLiteral = true
            encoded += literal
            template += literal
        }

        /// Appends a text as one segment.
        public mutating func appendInterpolation(_ value: String) {
            append(value, encoded: PercentEncoding.encode(value))
        }

        /// Appends a whole number as one segment.
        public mutating func appendInterpolation(_ value: Int) {
            appendInterpolation(String(value))
        }

        /// Appends an enum's raw value as one segment.
        public mutating func appendInterpolation(_ value: some OktaEnum) {
            appendInterpolation(value.rawValue)
        }

        /// Appends a scalar of any type as one segment: `\(text: date)`. It is written as in JSON.
        public mutating func appendInterpolation(text value: some JSONConvertible) {
            let text = ParameterText(value)
            append(text.text, encoded: PercentEncoding.encode(text.text), fault: text.fault)
        }

        /// Appends scalars as one segment, joined by commas: `\(list: ids)`. A comma inside a text is percent-encoded.
        public mutating func appendInterpolation(list values: [some JSONConvertible]) {
            let (texts, fault) = ParameterText.list(values)
            append(
                texts.joined(separator: ","), encoded: texts.map(PercentEncoding.encode).joined(separator: ","),
                fault: fault)
        }

        private mutating func append(_ text: String, encoded segment: String, fault problem: String? = nil) {
            valueCount += 1
            // A path must begin with a literal.
            if encoded.isEmpty { hasOrdinaryLiterals = false }
            if let problem {
                fault = fault ?? "value \(valueCount) is \(problem),"
            } else if text.isEmpty || text == "." || text == ".." {
                fault =
                    fault ?? "value \(valueCount) is \(text.isEmpty ? "empty" : "\"\(text)\""), not an identifier,"
            }
            endsWithLiteral = false
            encoded += segment
            template += "{}"
        }
    }
}
