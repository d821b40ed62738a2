extension String {
    /// The text with other text in place of some characters; what `escape` answers with nil stays as it is.
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

    /// The text on one line, as a terminal or a list may be given it: what breaks lines, turns their direction or does not
    /// show is an escape as in Swift.
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
