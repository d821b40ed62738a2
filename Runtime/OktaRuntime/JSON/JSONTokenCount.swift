/// An upper bound of the tape's size, so that the tape is allocated once and never grows.
///
/// Every value and member name except the root follows an opening bracket, a comma or a colon, and every closing
/// bracket matches an opening one. So there are at most `1 + commas + colons + 2 * opening brackets` entries. This
/// holds for malformed documents too, because the parser stops at the first error.
enum JSONTokenCount {
    static func upperBound(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let input = bytes.baseAddress else { return 1 }
        let rough = 1 + countInStringsToo(input, count: bytes.count)
        // For text full of commas, a slower count that excludes strings saves memory.
        return rough <= bytes.count / 8 + 64 ? rough : 1 + countOutsideStrings(input, count: bytes.count)
    }

    /// Counts in a form that compilers vectorise: a short loop without branches whose sum fits in a byte. Swift's own
    /// vector types are many times slower here.
    private static func countInStringsToo(_ input: UnsafePointer<UInt8>, count: Int) -> Int {
        // The weight of 112 bytes is at most 224.
        let block = 112
        var total = 0
        var position = 0
        while position &+ block <= count {
            var tally: UInt8 = 0
            for index in 0..<block { tally &+= weight(input[position &+ index]) }
            total &+= Int(tally)
            position &+= block
        }
        while position < count {
            total &+= Int(weight(input[position]))
            position &+= 1
        }
        return total
    }

    /// Agrees with the parser on the ends of strings up to the first error; after that it does not matter.
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
                total += Int(weight(byte))
            }
            position += 1
        }
        return total
    }

    /// '[' and '{' differ only in bit 5.
    @inline(__always)
    private static func weight(_ byte: UInt8) -> UInt8 {
        (byte == UInt8(ascii: ",") ? 1 : 0) &+ (byte == UInt8(ascii: ":") ? 1 : 0)
            &+ (byte | 0x20 == UInt8(ascii: "{") ? 2 : 0)
    }
}
