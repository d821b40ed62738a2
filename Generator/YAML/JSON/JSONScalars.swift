/// The grammar of JSON numbers.
public enum JSONNumberGrammar {
    /// Returns whether a text is a JSON number: no hexadecimal, no infinity, no leading zeros.
    public static func isNumber(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        func skipDigits() -> Int {
            let before = rest.count
            rest = rest.drop(while: \.isASCIIDigit)
            return before - rest.count
        }
        func skip(_ characters: String) -> Bool {
            guard let first = rest.first, characters.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = skip("-")
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = skipDigits()
        guard whole > 0, !startsWithZero || whole == 1 else { return false }
        if skip(".") {
            guard skipDigits() > 0 else { return false }
        }
        if skip("eE") {
            _ = skip("+-")
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

/// JSON strings with only the required escapes.
package enum JSONString {
    /// Appends the text in quotes, as UTF-8.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { content in
            var written = 0
            for position in content.indices {
                let byte = content[position]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: content[written..<position])
                written = position + 1
                appendEscape(of: byte, to: &bytes)
            }
            bytes.append(contentsOf: content[written...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case 0x08: bytes += #"\b"#.utf8
        case 0x09: bytes += #"\t"#.utf8
        case 0x0A: bytes += #"\n"#.utf8
        case 0x0C: bytes += #"\f"#.utf8
        case 0x0D: bytes += #"\r"#.utf8
        case 0x00..<0x20: bytes += (#"\u"# + byte.hexadecimal(digits: 4)).utf8
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }
}
