import OktaCatalog
import YAML

/// Writes the YAML that is added to the catalog.
enum YAMLNotation {
    /// Returns a value on one line in block style.
    static func line(_ node: YAMLNode) -> String {
        if case .scalar(let text, .plain) = node.content { text } else { flow(node) }
    }

    /// Returns a text between braces, quoted if required, or if another parser would not read it as a string.
    static func scalar(_ text: String) -> String {
        isPlain(text, inFlow: true) ? text : quoted(text)
    }

    /// Returns whether a text needs no quotes, because all parsers read it as a string.
    static func isPlain(_ text: String, inFlow: Bool) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, !PlainScalar(text).isReadDifferentlyElsewhere
        else {
            return false
        }
        guard first.isASCIIAlphanumeric || "$/_".utf8.contains(first), last != UInt8(ascii: ":"),
            last != UInt8(ascii: " ")
        else {
            return false
        }
        if text.contains(": ") || text.contains(" #") { return false }
        let others = inFlow ? "$/_.+-() " : "$/_.+-() ,{}[]#:|"
        return text.utf8.allSatisfy { $0.isASCIIAlphanumeric || others.utf8.contains($0) }
            || (text.utf8.allSatisfy { $0.isASCIIAlphanumeric || ":/._-".utf8.contains($0) })
    }

    /// Returns a double-quoted scalar. Characters that YAML does not allow, that end a line for some parsers, or that
    /// are invisible are escaped.
    private static func quoted(_ text: String) -> String {
        let inside = text.escaping { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "\n": #"\n"#
            case "\t": #"\t"#
            case "\r": #"\r"#
            case "\0"..<" ", "\u{7F}"..."\u{9F}": #"\x"# + scalar.value.hexadecimal(digits: 2, uppercase: true)
            case _ where scalar.needsEscape:
                scalar.value > 0xFFFF
                    ? #"\U"# + scalar.value.hexadecimal(digits: 8, uppercase: true)
                    : #"\u"# + scalar.value.hexadecimal(digits: 4, uppercase: true)
            default: nil
            }
        }
        return "\"\(inside)\""
    }

    /// Returns a value on one line, valid between braces and brackets.
    static func flow(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, .plain):
            // Numbers, booleans and null are kept.
            PlainScalar(text).isReadDifferentlyElsewhere ? text : scalar(text)
        case .scalar(let text, _): quoted(text)
        case .sequence(let elements): "[" + elements.map(flow).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\(flow($0.key)): \(flow($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}

extension Unicode.Scalar {
    /// Whether a parser may read the character as a line break, reject it, or not display it.
    fileprivate var needsEscape: Bool {
        if value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value) { return true }
        switch properties.generalCategory {
        case .lineSeparator, .paragraphSeparator, .format, .privateUse: return true
        default: return false
        }
    }
}
