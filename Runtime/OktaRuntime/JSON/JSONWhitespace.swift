/// Skips what may stand between tokens.
enum JSONWhitespace {
    /// Where white space from a position on ends.
    @inline(never)
    static func end(_ input: UnsafePointer<UInt8>, from start: Int, count: Int) -> Int {
        var position = start
        while position < count {
            let byte = input[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return position }
            position &+= 1
            // Indentation comes in runs of spaces.
            while position &+ 8 <= count,
                UnsafeRawPointer(input + position).loadUnaligned(as: UInt64.self) == 0x2020_2020_2020_2020
            { position &+= 8 }
        }
        return position
    }
}
