import YAML

/// Swift source text that is safe to write to a file. ``SwiftLiteral`` escapes other text for it.
package struct SwiftCode: EscapedText {
    package let text: String

    fileprivate init(escaped text: String) {
        self.text = text
    }

    package init(stringInterpolation: EscapedParts<SwiftCode>) {
        text = stringInterpolation.text
    }

    /// Whether the text has several lines.
    var hasSeveralLines: Bool { text.utf8.contains(UInt8(ascii: "\n")) }

    /// The lines of the text.
    var lines: [SwiftCode] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { SwiftCode(escaped: String($0)) }
    }
}

/// Escapes catalog text for a Swift string literal.
package enum SwiftLiteral {
    /// Returns a quoted literal whose value is the text, for any text.
    package static func string(_ text: String) -> SwiftCode {
        SwiftCode(escaped: "\"\(escapedText(text))\"")
    }

    /// Returns the content of a quoted literal.
    static func inside(_ text: String) -> SwiftCode {
        SwiftCode(escaped: escapedText(text))
    }

    /// Returns a literal of words separated by spaces, over several lines if wider than `width`.
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
