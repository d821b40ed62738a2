import OktaCatalog

/// Text of the catalog on its way into a Swift string literal.
package enum SwiftLiteral {
    /// A quoted literal whose value is the text, whatever it holds.
    package static func string(_ text: String) -> String {
        "\"" + escaped(text) + "\""
    }

    /// A literal of words with spaces between them, over several lines where they are wider than `width`.
    static func wrapped(words: [String], width: Int) -> String {
        let oneLine = string(words.joined(separator: " "))
        guard oneLine.count > width else { return oneLine }
        var lines: [String] = []
        for word in words.map(escaped) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        // A backslash at the end of a line joins it with the next.
        return "\"\"\"\n    " + lines.joined(separator: " \\\n    ") + "\n    \"\"\""
    }

    /// The inside of a literal.
    static func escaped(_ text: String) -> String {
        // Most text has nothing to escape.
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
