extension StringProtocol {
    /// Returns the text without leading and trailing white space and line breaks.
    func trimmingSpace() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

extension String {
    /// Whether there are only spaces and visible ASCII characters, which any header field value may contain.
    var isPrintableASCII: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

    /// A path without its query.
    var withoutQuery: String {
        // Most paths have no query, and a search in a buffer is several times as fast as one by index.
        guard hasByte(UInt8(ascii: "?")) else { return self }
        return String(self[..<(utf8.firstIndex(of: UInt8(ascii: "?")) ?? endIndex)])
    }

    /// Returns whether the text's UTF-8 contains a byte.
    func hasByte(_ byte: UInt8) -> Bool {
        var text = self
        return text.withUTF8 { $0.contains(byte) }
    }
}

extension UInt8 {
    /// Whether the byte is `0` to `9` in ASCII.
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// The value of this byte as an ASCII hexadecimal digit; `nil` if it is not one.
    @inline(__always)
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// The edit distance of two words, weighted for typing mistakes.
package struct Spelling: Sendable {
    private let word: [UInt8]

    package init(_ word: String) {
        self.word = Array(word.utf8)
    }

    /// Returns the cost of the typos that turn one word into the other: 2 for an extra, missing or wrong letter, and 1
    /// for two swapped neighbors and for a letter doubled or undoubled by mistake.
    package func cost(to other: String) -> Int {
        let other = Array(other.utf8)
        // The last three rows of the table.
        var beforeLast: [Int] = []
        var last = [0]
        for index in other.indices { last.append(last[index] + Self.gap(other, index)) }
        for row in word.indices {
            var current = [last[0] + Self.gap(word, row)]
            for column in other.indices {
                let isSame = word[row] == other[column]
                var least = last[column] + (isSame ? 0 : 2)
                least = min(least, last[column + 1] + Self.gap(word, row), current[column] + Self.gap(other, column))
                if row > 0, column > 0, word[row] == other[column - 1], word[row - 1] == other[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }

    /// Returns the cost of a letter that only one of the words has.
    private static func gap(_ word: [UInt8], _ index: Int) -> Int {
        index > 0 && word[index] == word[index - 1] ? 1 : 2
    }

    /// Returns the nearest word of a list, and the first one of several; `nil` if none is near enough.
    package func nearest(in words: [String]) -> String? {
        let best = words.map { (word: $0, cost: cost(to: $0)) }.min { $0.cost < $1.cost }
        // At most two wrong letters, in a word that is mostly correct.
        guard let best, best.cost <= min(4, word.count * 2 / 3) else { return nil }
        return best.word
    }
}
