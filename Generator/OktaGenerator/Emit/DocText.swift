/// Text of the catalog on its way into a doc comment.
///
/// A doc comment's lines each start with `///`, so the only way out of one is a line break; the rest is about
/// rendering.
enum DocText {
    /// Prose on one line: what breaks a line, or turns its direction, becomes a space, and a lone backtick is escaped.
    static func prose(_ text: String) -> String {
        // Most text is as it should be.
        var previous = UInt8(ascii: " ")
        let isProse = text.utf8.allSatisfy { byte in
            defer { previous = byte }
            return (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "`") && (byte != 0x20 || previous != 0x20)
        }
        if isProse, previous != 0x20 { return text }
        let flat = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isLayout ? " " : $0 }))
        let words = flat.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        guard words.count(where: { $0 == "`" }) % 2 == 1 else { return words }
        return words.replacing("`", with: "\\`")
    }

    /// Code in backticks; a backtick in it would end it, so then there are two around it.
    static func code(_ text: String) -> String {
        let flat = prose(text).replacing("\\`", with: "`")
        return flat.contains("`") ? "`` \(flat) ``" : "`\(flat)`"
    }

    /// Prose that ends like a sentence.
    static func sentence(_ text: String) -> String {
        let flat = prose(text)
        return flat.isEmpty || ".!?".contains(flat.last ?? " ") ? flat : flat + "."
    }

    /// Prose that starts with a capital.
    static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
