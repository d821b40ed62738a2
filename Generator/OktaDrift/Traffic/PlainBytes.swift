/// Finds the first byte that a JSON string cannot contain as is, eight bytes at a time.
enum PlainBytes {
    /// A bit in each byte that a string cannot contain as is: a quote, a backslash, a control character.
    ///
    /// Only the lowest bit is exact: a byte above one that is special may look special too.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
        return found & (ones &* 0x80)
    }

    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    /// The number of bytes of a string before the first special one.
    @inline(__always)
    static func count(_ source: UnsafePointer<UInt8>, _ available: Int) -> Int {
        var index = 0
        while index + 8 <= available {
            let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
            let special = special(UInt64(littleEndian: word))
            if special != 0 { return index + special.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < available, !isSpecial(source[index]) { index += 1 }
        return index
    }
}
