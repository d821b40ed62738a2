/// Text of a server on its way into an error, a description or a log: what could be a secret of this program is taken
/// out, what would not be seen is escaped, and the length is bounded.
package enum ForeignText {
    /// The most characters of a sentence, such as an error's summary.
    package static let sentenceLimit = 1000
    /// The most characters of a name or an id, such as an error's code.
    package static let nameLimit = 128

    /// Makes a text fit to be shown.
    ///
    /// A text that is shown already stays as it is.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - limit: The most characters to keep; a longer text ends with `…`.
    ///   - secrets: What must not be shown.
    package static func shown(_ text: String, limit: Int = sentenceLimit, without secrets: Secrets? = nil) -> String {
        // More than is shown, since a secret is longer than what stands in its place.
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

    /// The id of a request, or another short text without blanks, as observers and descriptions show it; nil unless it is
    /// made like an id, and too short to be a token.
    static func identifier(_ text: String) -> String? {
        let isIdentifier =
            (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || "@:+/=".utf8.contains($0) }
        return isIdentifier ? text : nil
    }

    /// Whether a character is seen as what it is: no control, no line break, no mark that turns the direction of
    /// writing, nothing invisible.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// As in a Swift literal, such as `\n` and `\u{202E}`.
    private static func escape(of scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar {
        case "\n": #"\n"#.unicodeScalars
        case "\r": #"\r"#.unicodeScalars
        case "\t": #"\t"#.unicodeScalars
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
        }
    }
}
