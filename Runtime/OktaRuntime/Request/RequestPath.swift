/// The path of a request, built so that a value can never become more or less than one segment of it.
///
/// Written as a string literal. Its text is sent as it stands; each interpolated value is percent-encoded as one
/// segment, `/`, `?`, `#`, `%`, `@` and `:` included:
///
/// ```swift
/// let path: RequestPath = "/api/v1/users/\(login)/groups"   // ada@example.com -> /api/v1/users/ada%40example.com/groups
/// ```
///
/// A value that is empty, `.` or `..` would address something else, so a call with such a path throws
/// ``OktaError/invalidRequest(_:)`` and sends nothing.
public struct RequestPath: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The path as it is sent, percent-encoded. May end with a query when the literal has one.
    public let encoded: String

    /// The literal without its query and with `{}` in place of each value, such as `/api/v1/users/{}/groups`: the same
    /// for every call of an action, so fit for messages and for grouping.
    ///
    /// Where no value is interpolated, as in a path from a variable, a segment that looks like a value counts as one:
    /// what follows `users`, and what is neither a word of letters, hyphens and underscores nor a version such as `v1`.
    /// A value elsewhere that is such a word cannot be told from a word of the API, and stays: interpolate what is
    /// private.
    public let template: String

    /// What is wrong with the path; `nil` when it can be sent.
    let fault: String?

    /// Creates a path without values.
    public init(stringLiteral value: String) {
        self.init(encoded: value, template: value, fault: nil)
    }

    /// Creates a path from a literal and its values.
    public init(stringInterpolation: StringInterpolation) {
        self.init(
            encoded: stringInterpolation.encoded,
            template: stringInterpolation.template,
            fault: stringInterpolation.fault.map { "\($0) of \(stringInterpolation.template)" }
        )
    }

    init(encoded: String, template: String, fault: String?) {
        self.encoded = encoded
        self.template = PathRedaction.of(template)
        self.fault = fault ?? PathCheck.fault(in: encoded)
    }

    /// Collects the parts of a path literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var encoded = ""
        fileprivate var template = ""
        fileprivate var fault: String?
        private var valueCount = 0

        /// Prepares for a literal of about this size.
        public init(literalCapacity: Int, interpolationCount: Int) {
            encoded.reserveCapacity(literalCapacity + interpolationCount * 24)
            template.reserveCapacity(literalCapacity + interpolationCount * 2)
        }

        /// Adds text of the literal as it stands.
        public mutating func appendLiteral(_ literal: String) {
            encoded += literal
            template += literal
        }

        /// Adds a text as one segment.
        public mutating func appendInterpolation(_ value: String) {
            append(value, encoded: PercentEncoding.encode(value))
        }

        /// Adds a whole number as one segment.
        public mutating func appendInterpolation(_ value: Int) {
            appendInterpolation(String(value))
        }

        /// Adds an enum's raw value as one segment.
        public mutating func appendInterpolation(_ value: some OktaEnum) {
            appendInterpolation(value.rawValue)
        }

        /// Adds a scalar of any type as one segment: `\(text: date)`. Its text is that of its JSON.
        public mutating func appendInterpolation(text value: some JSONConvertible) {
            let text = ParameterText(value)
            append(text.text, encoded: PercentEncoding.encode(text.text), fault: text.fault)
        }

        /// Adds scalars as one segment, joined by commas: `\(list: ids)`. A comma inside a text is percent-encoded.
        public mutating func appendInterpolation(list values: [some JSONConvertible]) {
            let (texts, fault) = ParameterText.list(values)
            append(
                texts.joined(separator: ","), encoded: texts.map(PercentEncoding.encode).joined(separator: ","),
                fault: fault)
        }

        private mutating func append(_ text: String, encoded segment: String, fault problem: String? = nil) {
            valueCount += 1
            if let problem {
                fault = fault ?? "value \(valueCount) is \(problem),"
            } else if text.isEmpty || text == "." || text == ".." {
                fault =
                    fault ?? "value \(valueCount) is \(text.isEmpty ? "empty" : "\"\(text)\""), not an identifier,"
            }
            encoded += segment
            template += "{}"
        }
    }
}

extension RequestPath: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The ``template``: values may be personal data.
    public var description: String { template }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the template only.
    public var customMirror: Mirror { Mirror(self, children: ["template": template]) }
}
