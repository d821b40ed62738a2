import YAML

/// Text that is safe in a doc comment, on a single line.
///
/// Lines of a doc comment start with `///`, so only a line break can end one. All other escaping concerns rendering.
package struct DocText: EscapedText {
    package let text: String

    private init(escaped text: String) {
        self.text = text
    }

    package init(stringInterpolation: EscapedParts<DocText>) {
        text = stringInterpolation.text
    }

    var isEmpty: Bool { text.isEmpty }

    // MARK: Escapers

    /// Returns prose on one line. Characters that break a line or change the text direction become a space. A lone
    /// backtick is escaped, and so is text that DocC would parse as HTML or a directive.
    static func prose(_ text: String) -> DocText {
        DocText(escaped: withoutMarkup(line(text)))
    }

    /// Returns code in backticks, or double backticks if it contains one.
    static func code(_ text: String) -> DocText {
        var flat = line(text)
        if flat.utf8.contains(UInt8(ascii: "\\")) { flat = flat.replacing("\\`", with: "`") }
        return DocText(escaped: flat.utf8.contains(UInt8(ascii: "`")) ? "`` \(flat) ``" : "`\(flat)`")
    }

    /// Returns prose that ends like a sentence.
    static func sentence(_ text: String) -> DocText {
        let flat = withoutMarkup(line(text))
        guard let last = flat.utf8.last, !".!?".utf8.contains(last) else { return DocText(escaped: flat) }
        return DocText(escaped: flat + ".")
    }

    /// Returns a link; characters that are not allowed in a URL, or would end the link, are percent-encoded.
    static func link(_ title: DocText, to address: String) -> DocText {
        var target = address
        if !address.utf8.allSatisfy(isOfAddress) {
            target = address.utf8.map { isOfAddress($0) ? String(UnicodeScalar($0)) : $0.percentEncoded }.joined()
        }
        return DocText(escaped: "[\(title.text)](\(target))")
    }

    /// Returns whether a byte needs no escape in a URL, and does not end a link.
    private static func isOfAddress(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "-._~:/?#@!$&'*+,;=%".utf8.contains(byte)
    }

    /// Returns text that starts with a capital letter.
    static func capitalized(_ text: DocText) -> DocText {
        if let first = text.text.utf8.first, first.isASCIIUppercase { return text }
        return DocText(escaped: text.text.prefix(1).uppercased() + text.text.dropFirst())
    }

    private static func line(_ text: String) -> String {
        if isFlat(text) { return text }
        let flat = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isLayout ? " " : $0 }))
        let words = flat.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        guard words.count(where: { $0 == "`" }) % 2 == 1 else { return words }
        return words.replacing("`", with: "\\`")
    }

    /// Escapes tags, and words that start with an at sign, because DocC omits a tag, and a line that starts with such a
    /// word. Any word may start a line, since comments are wrapped.
    private static func withoutMarkup(_ line: String) -> String {
        guard line.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "@") }) else { return line }
        var escaped = ""
        var isCode = false
        var previous: Character = " "
        for (index, character) in zip(line.indices, line) {
            let next = line[index...].dropFirst().first
            if character == "`", previous != "\\" { isCode.toggle() }
            let isTag =
                character == "<" && previous != "\\" && (next.map { $0.isLetter || "/!?".contains($0) } ?? false)
            if !isCode, isTag || character == "@" && previous == " " { escaped.append("\\") }
            escaped.append(character)
            previous = character
        }
        return escaped
    }

    /// Returns whether a text needs no change, because it is ASCII with single spaces between words and paired
    /// backticks. Most texts are.
    private static func isFlat(_ text: String) -> Bool {
        var previous = UInt8(ascii: " ")
        var hasOpenBacktick = false
        for byte in text.utf8 {
            guard (0x20..<0x7F).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
            if byte == UInt8(ascii: "`") { hasOpenBacktick.toggle() }
            previous = byte
        }
        return previous != 0x20 && !hasOpenBacktick
    }
}
