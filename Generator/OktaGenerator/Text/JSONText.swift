import OktaCatalog
import YAML

/// JSON in characters that a raw Swift string literal holds unchanged: no `#`, no control character and only ASCII, so
/// that no text can end the literal or begin an interpolation.
struct JSONText: Sendable, Hashable, ExpressibleByStringInterpolation {
    let text: String

    private init(escaped text: String) {
        self.text = text
    }

    /// Wraps a literal of the generator. `StaticString` excludes other text.
    init(stringLiteral value: StaticString) {
        text = value.description
    }

    /// Wraps a literal of the generator with safe parts.
    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// Combines literals and safe parts.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
        mutating func appendInterpolation(_ part: JSONText) { text += part.text }
        mutating func appendInterpolation(_ number: Int) { text += String(number) }
        mutating func appendInterpolation(_ number: Double) { text += String(number) }
    }

    /// A quoted string.
    static func string(_ text: String) -> JSONText {
        // Most text needs no escaping.
        let isPlain = text.utf8.allSatisfy {
            (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                && $0 != UInt8(ascii: "#")
        }
        guard !isPlain else { return JSONText(escaped: "\"\(text)\"") }
        let inside = text.escaping { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "\n": #"\n"#
            case " "..<"#", "$"..."~": nil
            default: scalar.utf16.map { #"\u"# + $0.hexadecimal(digits: 4) }.joined()
            }
        }
        return JSONText(escaped: "\"\(inside)\"")
    }

    fileprivate static func joined(_ parts: [JSONText], separator: JSONText) -> JSONText {
        JSONText(escaped: parts.map(\.text).joined(separator: separator.text))
    }
}

extension Sequence<JSONText> {
    /// The elements with a separator.
    func joined(separator: JSONText) -> JSONText {
        JSONText.joined(Array(self), separator: separator)
    }
}
