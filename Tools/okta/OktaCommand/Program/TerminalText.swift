/// Replaces control characters in an org's text for a terminal, so that it can neither move the cursor nor change the
/// text direction.
package enum TerminalText {
    /// Returns the text with a visible sign for every control character.
    ///
    /// - Parameter keepsLines: Whether line feeds are kept.
    package static func safe(_ text: String, keepsLines: Bool = false) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || (keepsLines && $0 == 0x0A) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if keepsLines, scalar == "\n" {
                result.append(scalar)
            } else {
                result.append(isHarmful(scalar) ? sign(scalar) : scalar)
            }
        }
        return String(result)
    }

    /// Returns whether a terminal interprets a character instead of showing it.
    package static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // C0, DEL and C1.
        case 0...0x1F, 0x7F...0x9F: true
        // Line separators, and marks that change the direction of the surrounding text.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        // Tag characters, which are invisible copies of ASCII.
        case 0xE0000...0xE001F, 0xE007F: true
        default: false
        }
    }

    private static func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        // Unicode has a symbol for each of C0 and DEL.
        case 0...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        default: "\u{FFFD}"
        }
    }
}
