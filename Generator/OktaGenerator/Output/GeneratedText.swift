import OktaCatalog

/// Properties of an existing file's bytes.
enum GeneratedText {
    /// The number of bytes needed to detect a generated file.
    static let headCount = 4096

    /// Returns whether a file was generated, so that it begins with the mark, ignoring a byte order mark and merge
    /// conflict lines.
    static func isMarked(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while rest.starts(with: "<<<<<<<".utf8), let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            rest = rest[(end + 1)...]
        }
        if rest.starts(with: FileHeader.mark.text.utf8) { return true }
        // A page of the documentation has its title first.
        guard rest.starts(with: "# ".utf8), let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        return rest[end...].drop { $0 == UInt8(ascii: "\n") }.starts(with: MarkdownPrinter.mark.text.utf8)
    }

    /// Returns the bytes with LF in place of CR LF; nil unless all lines end in CR LF, as in a checkout by Git for
    /// Windows.
    static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var hasLines = false
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") {
                guard index > 0, bytes[index - 1] == UInt8(ascii: "\r") else { return nil }
                result.removeLast()
                hasLines = true
            }
            result.append(byte)
        }
        return hasLines ? result : nil
    }

    /// Returns whether an existing file has the expected text. CR LF from a checkout is ignored: the committed file has
    /// LF, and the compiler reads both alike.
    static func isSame(_ bytes: [UInt8], as text: String) -> Bool {
        let expected = Array(text.utf8)
        if bytes == expected { return true }
        guard bytes.count > expected.count else { return false }
        return withLineFeeds(bytes) == expected
    }
}
