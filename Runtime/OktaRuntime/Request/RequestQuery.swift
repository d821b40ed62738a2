/// The query of a request: names and values in the order given, percent-encoded (a space is `%20`, a plus `%2B`).
public struct RequestQuery: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The query as sent, `name=value&…`, without a question mark; empty if there are no parameters.
    public private(set) var encoded: String = ""

    /// The reason that a value is invalid; `nil` if the query is valid.
    private(set) var fault: String?

    /// Creates a query without parameters.
    public init() {}

    /// Creates a query from parameters. `nil` values are omitted.
    public init(dictionaryLiteral elements: (String, RequestQuery.Value)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// Creates a query from texts, sorted by name so that equal queries have equal text.
    public init(_ values: [String: String]) {
        guard !values.isEmpty else { return }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { append(name, .string(value)) }
    }

    /// Creates a query from an encoded one, such as that of a link. Characters that are not allowed in a URL are
    /// encoded.
    init(encoded: some StringProtocol) {
        for byte in encoded.utf8 {
            if PercentEncoding.isOfURLs(byte) {
                self.encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                PercentEncoding.appendEscape(of: byte, to: &self.encoded)
            }
        }
    }

    /// Returns the decoded values of the parameters with a name.
    func values(of name: String) -> [String] {
        encoded.split(separator: "&").compactMap { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.first.flatMap({ PercentEncoding.decode($0) }) == name else { return nil }
            return parts.count == 2 ? PercentEncoding.decode(parts[1]) ?? "" : ""
        }
    }

    /// Appends a parameter. A `nil` value is omitted.
    public mutating func append(_ name: String, _ value: RequestQuery.Value) {
        if let problem = value.fault { refuse("the query parameter \(name) is \(problem)") }
        guard let text = value.encoded else { return }
        append(name, encoded: text)
        for text in value.more { append(name, encoded: text) }
    }

    /// Makes the query invalid, unless it is already.
    mutating func refuse(_ reason: String) { fault = fault ?? reason }

    private mutating func append(_ name: String, encoded text: String) {
        if !encoded.isEmpty { encoded += "&" }
        PercentEncoding.append(name, to: &encoded)
        encoded += "="
        encoded += text
    }
}

extension RequestQuery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names only, as sent, because a value may be personal data.
    public var description: String {
        encoded.split(separator: "&").map { parameter in parameter.prefix { $0 != "=" } }.joined(separator: ", ")
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the names only.
    public var customMirror: Mirror { Mirror(self, children: ["names": description]) }
}
