/// Finds the end of a number and proves its form: that of RFC 8259, section 6.
enum JSONNumberScanner {
    /// The position after a number's last byte, and whether it is more than an integer.
    struct Span {
        var end: Int
        var hasFractionOrExponent: Bool
    }

    /// Scans from the first byte, a digit or a minus sign.
    @inline(never)
    static func scan(_ input: UnsafePointer<UInt8>, from start: Int, count: Int) throws(JSONFault) -> Span {
        var position = start
        var hasFractionOrExponent = false
        if input[position] == UInt8(ascii: "-") { position &+= 1 }
        if position < count, input[position] == UInt8(ascii: "0") {
            position &+= 1
        } else {
            position = try digits(input, from: position, count: count)
        }
        if position < count, input[position] == UInt8(ascii: ".") {
            hasFractionOrExponent = true
            position = try digits(input, from: position &+ 1, count: count)
        }
        if position < count, input[position] | 0x20 == UInt8(ascii: "e") {
            hasFractionOrExponent = true
            position &+= 1
            if position < count, input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-") {
                position &+= 1
            }
            position = try digits(input, from: position, count: count)
        }
        // "01" is a number that went wrong, rather than a missing comma.
        if position < count, isDigit(input[position]) { throw JSONFault(.invalidNumber, at: position) }
        return Span(end: position, hasFractionOrExponent: hasFractionOrExponent)
    }

    /// At least one digit; returns the position after the last.
    @inline(__always)
    private static func digits(
        _ input: UnsafePointer<UInt8>, from start: Int, count: Int
    ) throws(JSONFault) -> Int {
        var position = start
        while position < count, isDigit(input[position]) { position &+= 1 }
        guard position > start else {
            throw position < count ? JSONFault(.invalidNumber, at: position) : JSONFault(.unexpectedEnd, at: count)
        }
        return position
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
