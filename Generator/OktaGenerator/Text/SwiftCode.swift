package import OktaCatalog
import YAML

/// Swift source text that is safe to write to a file.
///
/// It is composed of literals in the generator's sources, numbers, identifiers and text escaped by ``SwiftLiteral``.
/// There is no other way to create one: a `String`, such as catalog text, cannot become code by accident, because the
/// compiler rejects every attempt.
package struct SwiftCode: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The source text.
    package let text: String

    fileprivate init(escaped text: String) {
        self.text = text
    }

    /// Wraps a literal of the generator. `StaticString` excludes other text.
    package init(stringLiteral value: StaticString) {
        text = value.description
    }

    /// Wraps a literal of the generator with safe parts.
    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// Combines literals and safe parts.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
        package mutating func appendInterpolation(_ code: SwiftCode) { text += code.text }
        package mutating func appendInterpolation(_ name: SwiftName) { text += name.source }
        package mutating func appendInterpolation(label name: SwiftName) { text += name.label }
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }
    }

    /// Whether the text has several lines.
    var hasSeveralLines: Bool { text.utf8.contains(UInt8(ascii: "\n")) }

    /// The lines of the text.
    var lines: [SwiftCode] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { SwiftCode(escaped: String($0)) }
    }

    /// Whether the text has at most this many characters.
    func fits(_ columns: Int) -> Bool { text.fits(columns) }
}

extension StringProtocol {
    /// The number of characters. Those of ASCII are bytes, which are faster to count.
    var columns: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }

    /// Whether there are at most this many. There are never more characters than bytes, whose number is known.
    func fits(_ columns: Int) -> Bool { utf8.count <= columns || self.columns <= columns }
}

extension Sequence<SwiftCode> {
    /// The elements with a separator.
    package func joined(separator: SwiftCode = "") -> SwiftCode {
        SwiftCode(escaped: map(\.text).joined(separator: separator.text))
    }
}

/// Escapes catalog text for a Swift string literal.
package enum SwiftLiteral {
    /// A quoted literal whose value is the text, for any text.
    package static func string(_ text: String) -> SwiftCode {
        SwiftCode(escaped: "\"\(escapedText(text))\"")
    }

    /// The content of a quoted literal.
    static func inside(_ text: String) -> SwiftCode {
        SwiftCode(escaped: escapedText(text))
    }

    /// A literal of words separated by spaces, over several lines if wider than `width`.
    static func wrapped(words: [String], width: Int) -> SwiftCode {
        let oneLine = string(words.joined(separator: " "))
        guard !oneLine.fits(width) else { return oneLine }
        var lines: [String] = []
        for word in words.map(escapedText) {
            if let last = lines.last, last.columns + 1 + word.columns <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        // A backslash at the end of a line joins it with the next.
        return SwiftCode(escaped: "\"\"\"\n    " + lines.joined(separator: " \\\n    ") + "\n    \"\"\"")
    }

    private static func escapedText(_ text: String) -> String {
        // Most text needs no escaping.
        let isPlain = text.utf8.allSatisfy {
            (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        guard !isPlain else { return text }
        return text.escaping { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "\n": #"\n"#
            case "\r": #"\r"#
            case "\t": #"\t"#
            case _ where scalar.isLayout: "\\u{\(scalar.value.hexadecimal(digits: 1, uppercase: true))}"
            default: nil
            }
        }
    }
}
