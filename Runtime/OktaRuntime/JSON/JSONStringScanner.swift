/// Finds the end of a string and proves its bytes well formed, eight at a time while they are plain ASCII.
enum JSONStringScanner {
    /// A string's closing quote, and whether anything in it needs unescaping.
    struct Span {
        var end: Int
        var hasEscapes: Bool
    }

    /// Scans from the byte after the opening quote.
    @inline(__always)
    static func scan(_ input: UnsafePointer<UInt8>, from start: Int, count: Int) throws(JSONFault) -> Span {
        var position = start
        var hasEscapes = false
        while true {
            while position &+ 8 <= count {
                let stops = stopBytes(in: word(at: input + position))
                guard stops == 0 else {
                    position &+= stops.trailingZeroBitCount >> 3
                    break
                }
                position &+= 8
            }
            guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
            let byte = input[position]
            if byte == UInt8(ascii: "\"") { return Span(end: position, hasEscapes: hasEscapes) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position = try skipEscape(input, at: position, count: count)
            } else if byte < 0x20 {
                throw JSONFault(.controlCharacter, at: position)
            } else if byte < 0x80 {
                position &+= 1
            } else {
                position = try skipMultibyte(input, from: position, count: count)
            }
        }
    }

    @inline(__always)
    private static func word(at start: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    }

    /// Marks (in bit 7 of each byte) quotes, backslashes, control characters and bytes outside ASCII. A carry can mark
    /// a byte too many, but only above one that is rightly marked, and only the lowest mark is used.
    @inline(__always)
    private static func stopBytes(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let equal = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
        let control = (word &- ones &* 0x20) & ~word
        return (equal | control | word) & (ones &* 0x80)
    }

    private static func skipEscape(
        _ input: UnsafePointer<UInt8>, at backslash: Int, count: Int
    ) throws(JSONFault) -> Int {
        guard backslash + 1 < count else { throw JSONFault(.unexpectedEnd, at: count) }
        switch input[backslash + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return backslash + 2
        case UInt8(ascii: "u"):
            for position in backslash + 2..<backslash + 6 {
                guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
                guard JSONEscape.hexValue(input[position]) != nil else { throw JSONFault(.invalidEscape, at: position) }
            }
            return backslash + 6
        default:
            throw JSONFault(.invalidEscape, at: backslash + 1)
        }
    }

    /// Walks a run of multi-byte characters by the table of well-formed sequences in the Unicode standard: no overlong
    /// forms, no surrogates, nothing above U+10FFFF.
    private static func skipMultibyte(
        _ input: UnsafePointer<UInt8>, from start: Int, count: Int
    ) throws(JSONFault) -> Int {
        var position = start
        while position < count, input[position] >= 0x80 {
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch input[position] {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: throw JSONFault(.invalidUTF8, at: position)
            }
            for index in 1..<length {
                guard position + index < count else { throw JSONFault(.unexpectedEnd, at: count) }
                let allowed = index == 1 ? second : 0x80...0xBF
                guard allowed.contains(input[position + index]) else { throw JSONFault(.invalidUTF8, at: position) }
            }
            position += length
        }
        return position
    }
}
