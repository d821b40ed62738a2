/// Sanitises server text for an error, a description or a log: redacts possible secrets of this program, escapes
/// invisible characters, and bounds the length.
package enum ForeignText {
    /// The maximum length of a sentence, such as an error's summary, in characters.
    package static let sentenceLimit = 1000
    /// The maximum length of a name or an id, such as an error's code, in characters.
    package static let nameLimit = 128

    /// Makes a text safe to display.
    ///
    /// Sanitising a text twice has no further effect.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - limit: The maximum number of characters; a longer text ends with `…`.
    ///   - secrets: The values to redact.
    package static func shown(_ text: String, limit: Int = sentenceLimit, without secrets: Secrets? = nil) -> String {
        // More than is shown, because a secret is longer than its replacement.
        let scalars = text.unicodeScalars.prefix(limit * 4)
        let isWhole = scalars.endIndex == text.unicodeScalars.endIndex
        let redacted = secrets?.redacting(scalars)
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in redacted ?? String.UnicodeScalarView(scalars) {
            guard count < limit else { return String(shown) + "…" }
            count += 1
            if isVisible(scalar) { shown.append(scalar) } else { shown.append(contentsOf: escape(of: scalar)) }
        }
        return isWhole ? String(shown) : String(shown) + "…"
    }

    /// A request id, or another short text without blanks, for observers and descriptions; nil unless it looks like an
    /// id and is too short to be a token.
    static func identifier(_ text: String) -> String? {
        let isIdentifier =
            (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || "@:+/=".utf8.contains($0) }
        return isIdentifier ? text : nil
    }

    /// Whether a character is displayed as itself: no control character, no line break, no mark that changes the text
    /// direction, nothing invisible.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// In the form of a Swift literal, such as `\n` and `\u{202E}`.
    private static func escape(of scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar {
        case "\n": #"\n"#.unicodeScalars
        case "\r": #"\r"#.unicodeScalars
        case "\t": #"\t"#.unicodeScalars
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
        }
    }
}
