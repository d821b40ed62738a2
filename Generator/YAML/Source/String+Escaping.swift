extension String {
    /// The text with some characters replaced; a character for which `escape` returns nil is kept.
    package func escaping(_ escape: (Unicode.Scalar) -> String?) -> String {
        var result = ""
        // What stands between two replacements is copied at once, and a text without any is returned as it is.
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
