/// A plain scalar, with its interpretation by other YAML parsers.
public struct PlainScalar: Sendable {
    /// The text.
    public let text: String

    /// Creates a plain scalar.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether a YAML 1.1 or 1.2 parser would read the text as a boolean, null, a number or a date.
    public var isReadDifferentlyElsewhere: Bool {
        if text.utf8.count <= Self.longestWord, Self.words.contains(text.lowercased()) { return true }
        guard let first = text.utf8.first else { return true }
        let isDigit = first.isASCIIDigit
        guard isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") || first == UInt8(ascii: ".") else {
            return false
        }
        if Double(text) != nil { return true }
        // Octal, sexagesimal and dates: digits with `_`, `:`, `-`, `o` or `x` between them.
        return isDigit
            && text.lowercased().utf8.allSatisfy { $0.isASCIIDigit || "_:-oxabcdef".utf8.contains($0) }
    }

    private static let words: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", "-.inf", ".nan", "",
    ]

    private static let longestWord = words.map(\.utf8.count).max() ?? 0
}
