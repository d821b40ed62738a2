/// Sanitises server text for an error, a description or a log: redacts possible secrets of this program, escapes
/// invisible characters, and bounds the length.
package enum ForeignText {
    /// The maximum length of a sentence, such as an error's summary, in characters.
    package static let sentenceLimit = 1000
    /// The maximum length of a name or an id, such as an error's code, in characters.
    package static let nameLimit = 128

    /// Returns a text that is safe to display. The function is idempotent.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - limit: The maximum number of characters, counted as shown. A longer text is cut and ends with `…`.
    ///   - secrets: The values to redact.
    package static func shown(_ text: String, limit: Int = sentenceLimit, without secrets: Secrets? = nil) -> String {
        // More characters than are shown, because a secret may be longer than its replacement.
        let scalars = text.unicodeScalars.prefix(limit * 4)
        let isWhole = scalars.endIndex == text.unicodeScalars.endIndex
        let redacted = secrets?.redacting(scalars)
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in redacted ?? String.UnicodeScalarView(scalars) {
            if isVisible(scalar) {
                count += 1
                guard count <= limit else { return String(shown) + "…" }
                shown.append(scalar)
            } else {
                let escape = escape(of: scalar)
                count += escape.count
                guard count <= limit else { return String(shown) + "…" }
                shown.append(contentsOf: escape)
            }
        }
        return isWhole ? String(shown) : String(shown) + "…"
    }

    /// Returns a request id for observers and descriptions; `nil` unless the text looks like an id and is too short to
    /// be a token.
    static func identifier(_ text: String) -> String? {
        let isIdentifier =
            (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || "@:+/=".utf8.contains($0) }
        return isIdentifier ? text : nil
    }

    /// Returns whether a character is displayed as itself. Control characters, line breaks, marks that change the text
    /// direction and other invisible characters are not.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Returns the escape of a character as in a Swift literal, such as `\n` or `\u{202E}`.
    private static func escape(of scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar {
        case "\n": #"\n"#.unicodeScalars
        case "\r": #"\r"#.unicodeScalars
        case "\t": #"\t"#.unicodeScalars
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
        }
    }
}
