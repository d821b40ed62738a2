extension String {
    /// The text with some characters replaced; a character for which `escape` returns nil is kept.
    package func escaping(_ escape: (Unicode.Scalar) -> String?) -> String {
        var result = ""
        for scalar in unicodeScalars {
            if let replacement = escape(scalar) {
                result += replacement
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
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
