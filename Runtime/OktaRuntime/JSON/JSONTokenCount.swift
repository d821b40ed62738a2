/// How much tape a document can need at most, so that the tape is allocated once and never grows.
///
/// Every value and member name but the root follows an opening bracket, a comma or a colon, and every closing bracket
/// matches an opening one. So there are at most `1 + commas + colons + 2 * opening brackets` entries, in faulty
/// documents too, since the parser stops at the first fault.
enum JSONTokenCount {
    static func upperBound(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let input = bytes.baseAddress else { return 1 }
        let rough = 1 + countInStringsToo(input, count: bytes.count)
        // Prose full of commas: a slower count that leaves strings out saves the memory.
        return rough <= bytes.count / 8 + 64 ? rough : 1 + countOutsideStrings(input, count: bytes.count)
    }

    private static func countInStringsToo(_ input: UnsafePointer<UInt8>, count: Int) -> Int {
        typealias Block = SIMD32<UInt8>
        var total = 0
        var position = 0
        while position + 32 <= count {
            var tally = Block()
            // A lane grows by at most 2 a block, so 127 blocks cannot overflow it.
            let end = min(count, position + 127 * 32)
            while position + 32 <= end {
                let block = UnsafeRawPointer(input + position).loadUnaligned(as: Block.self)
                let separator = (block .== UInt8(ascii: ",")) .| (block .== UInt8(ascii: ":"))
                // '[' and '{' differ in bit 5 alone.
                let opening = (block | Block(repeating: 0x20)) .== UInt8(ascii: "{")
                tally &+= Block().replacing(with: 1, where: separator).replacing(with: 2, where: opening)
                position += 32
            }
            total +=
                Int(SIMD16<UInt16>(truncatingIfNeeded: tally.lowHalf).wrappedSum())
                + Int(SIMD16<UInt16>(truncatingIfNeeded: tally.highHalf).wrappedSum())
        }
        while position < count {
            total += weight(input[position])
            position += 1
        }
        return total
    }

    /// Agrees with the parser on where strings end, up to the first fault; after that it does not matter.
    private static func countOutsideStrings(_ input: UnsafePointer<UInt8>, count: Int) -> Int {
        var total = 0
        var inString = false
        var position = 0
        while position < count {
            let byte = input[position]
            if byte == UInt8(ascii: "\"") {
                inString.toggle()
            } else if inString {
                if byte == UInt8(ascii: "\\") { position += 1 }
            } else {
                total += weight(byte)
            }
            position += 1
        }
        return total
    }

    @inline(__always)
    private static func weight(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ":"): 1
        case UInt8(ascii: "["), UInt8(ascii: "{"): 2
        default: 0
        }
    }
}
