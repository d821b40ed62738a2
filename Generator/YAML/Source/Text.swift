extension String {
    /// Returns the text with some characters replaced; a character for which `escape` returns nil is kept.
    package func escaping(_ escape: (Unicode.Scalar) -> String?) -> String {
        var result = ""
        // The text between two replacements is copied at once; a text without replacements is returned unchanged.
        var kept = startIndex
        for index in unicodeScalars.indices {
            guard let replacement = escape(unicodeScalars[index]) else { continue }
            result.unicodeScalars += unicodeScalars[kept..<index]
            result += replacement
            kept = unicodeScalars.index(after: index)
        }
        guard kept != startIndex else { return self }
        result.unicodeScalars += unicodeScalars[kept...]
        return result
    }

    /// The text on one line, safe for a terminal or a list: characters that break lines, change the text direction or
    /// are invisible are escaped as in Swift.
    package var onOneLine: String {
        guard unicodeScalars.contains(where: \.isLayout) else { return self }
        return escaping { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case _ where scalar.isLayout: "\\u{\(String(scalar.value, radix: 16))}"
            default: nil
            }
        }
    }
}

extension Unicode.Scalar {
    /// Whether this scalar breaks a line, changes the text direction or is invisible.
    package var isLayout: Bool {
        // Most text is ASCII, and the lookup of the general category is slow.
        if isASCII { return value < 0x20 || value == 0x7F }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

extension Int {
    /// Returns the number with a noun: `1 error`, `2 errors`.
    package func counted(_ noun: String, plural: String? = nil) -> String {
        "\(self) \(self == 1 ? noun : plural ?? "\(noun)s")"
    }
}
