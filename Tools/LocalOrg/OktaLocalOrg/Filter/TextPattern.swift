/// The text operand of comparisons. Texts are compared byte by byte, since a search visits every user.
///
/// Case is ignored unless the pattern is exact; diacritics always count. Bytes beyond ASCII are compared after
/// lowercasing by Swift, which needs copies and is rare.
struct TextPattern: Sendable {
    private let bytes: [UInt8]
    private let isExact: Bool
    private let isASCII: Bool

    init(_ text: String, isExact: Bool) {
        self.isExact = isExact
        bytes = Array((isExact ? text : text.lowercased()).utf8)
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    /// Returns whether the comparison `text co pattern` (or another operator) is true.
    func holds(_ text: String, _ comparison: FilterExpression.Comparison) -> Bool {
        let quick: Bool?? = text.utf8.withContiguousStorageIfAvailable { text in
            isExact || isASCII && text.allSatisfy { $0 < 0x80 } ? holds(text, comparison) : nil
        }
        if let quick, let quick { return quick }
        return Array((isExact ? text : text.lowercased()).utf8).withUnsafeBufferPointer { holds($0, comparison) }
    }

    private func holds(_ text: UnsafeBufferPointer<UInt8>, _ comparison: FilterExpression.Comparison) -> Bool {
        switch comparison {
        case .equal: text.count == bytes.count && fits(text, at: 0)
        case .notEqual: text.count != bytes.count || !fits(text, at: 0)
        case .startsWith: text.count >= bytes.count && fits(text, at: 0)
        case .endsWith: text.count >= bytes.count && fits(text, at: text.count - bytes.count)
        case .contains: text.count >= bytes.count && (0...text.count - bytes.count).contains { fits(text, at: $0) }
        case .greater: order(text) > 0
        case .greaterOrEqual: order(text) >= 0
        case .less: order(text) < 0
        case .lessOrEqual: order(text) <= 0
        }
    }

    /// Returns whether the pattern occurs at a position. The text must be long enough.
    private func fits(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for index in bytes.indices where folded(text[start + index]) != bytes[index] { return false }
        return true
    }

    private func order(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        for index in 0..<min(text.count, bytes.count) {
            let byte = folded(text[index])
            if byte != bytes[index] { return byte < bytes[index] ? -1 : 1 }
        }
        return text.count - bytes.count
    }

    private func folded(_ byte: UInt8) -> UInt8 {
        !isExact && byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
