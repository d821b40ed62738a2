/// XML in canonical form (Exclusive XML Canonicalization 1.0), so that it can be signed as written: no whitespace
/// between elements, sorted attributes, no empty-element tags.
enum CanonicalXML {
    /// Returns an element.
    ///
    /// - Parameters:
    ///   - attributes: Namespaces first, then the others by name.
    ///   - content: XML, not text.
    static func element(_ name: String, _ attributes: [(String, String)] = [], _ content: String = "") -> String {
        let fields = attributes.map { " \($0)=\"\(attribute($1))\"" }.joined()
        return "<\(name)\(fields)>\(content)</\(name)>"
    }

    /// Returns an element that contains text.
    static func element(_ name: String, _ attributes: [(String, String)] = [], text: String) -> String {
        element(name, attributes, Self.text(text))
    }

    static func text(_ text: String) -> String {
        escaped(text) { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\r": "&#xD;"
            default: nil
            }
        }
    }

    private static func attribute(_ text: String) -> String {
        escaped(text) { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case "\"": "&quot;"
            case "\t": "&#x9;"
            case "\n": "&#xA;"
            case "\r": "&#xD;"
            default: nil
            }
        }
    }

    private static func escaped(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            if let other = replacement(scalar) {
                output += other
            } else if isAllowed(scalar) {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    /// Returns whether XML 1.0 allows a character at all.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar == "\t" || scalar == "\n"
    }
}
