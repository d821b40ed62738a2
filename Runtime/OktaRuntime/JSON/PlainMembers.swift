/// Parses the most common form of members: names and string values in ASCII without escapes, null, booleans, integers,
/// and objects of such members, without white space in between.
///
/// Most members of most responses have this form. One loop with few variables over the positions that the string
/// scanner has found takes a third of the parser's time for them. The parser handles all other forms, and all errors.
struct PlainMembers {
    /// The position at which this parser stops.
    enum Reached {
        /// Before a name, or any other token in its position.
        case name
        /// Before the value of a member whose name is on the tape.
        case value
        /// After the value of a member.
        case end
    }

    /// The position of the first byte that is not parsed.
    var position: Int
    /// The index of the first unused stop.
    var stop: Int
    /// The number of entries on the tape.
    var tapeCount: Int
    /// The innermost open object, and the number of open containers.
    var container: Int
    var depth: Int

    /// Parses from a position at which a name may begin.
    ///
    /// - Parameters:
    ///   - stops: The positions in order, followed by at least four beyond the document. All positions before `stop`
    ///     are behind the parser.
    ///   - capacity: The number of entries for which the tape has space.
    @inline(never)
    mutating func parse(
        _ input: UnsafePointer<UInt8>, count: Int, stops: UnsafePointer<UInt32>,
        tape: UnsafeMutablePointer<TapeEntry>, capacity: Int, maximumDepth: Int
    ) -> Reached {
        // A local copy stays in registers.
        var members = self
        defer { self = members }
        return members.parseAll(
            input, safe: count &- 8, stops: stops, tape: tape, last: capacity &- 3, maximumDepth: maximumDepth)
    }

    /// - Parameters:
    ///   - safe: The position from which eight bytes may not be readable.
    ///   - last: The last index from which the tape has space for three entries.
    @_transparent
    private mutating func parseAll(
        _ input: UnsafePointer<UInt8>, safe: Int, stops: UnsafePointer<UInt32>,
        tape: UnsafeMutablePointer<TapeEntry>, last: Int, maximumDepth: Int
    ) -> Reached {
        while stops[stop] < position { stop &+= 1 }
        // Before each name, eight bytes are readable.
        guard position >= 8, stops[stop] == position, input[position] == UInt8(ascii: "\"") else { return .name }
        let outerDepth = depth
        while true {
            let name = position &+ 1
            let nameEnd = Int(stops[stop &+ 1])
            guard nameEnd < safe, nameEnd > name, tapeCount <= last else { return .name }
            let separator = Self.fourBytes(input, at: nameEnd)
            guard separator & 0xFFFF == 0x3A22 else { return .name }
            // The string began in this window, so it is not longer than a name may be.
            let length = nameEnd &- name
            let hash = NameHash.of(NameHash.lastWord(before: nameEnd, in: input, length: length))
            tape[tapeCount] = TapeEntry(nameAt: name, length: length, hash: hash, depth: depth)
            tapeCount &+= 1
            position = nameEnd &+ 2

            if separator & 0xFF_FFFF == 0x22_3A22 {
                let end = Int(stops[stop &+ 3])
                guard end < safe, input[end] == UInt8(ascii: "\"") else {
                    stop &+= 2
                    return .value
                }
                tape[tapeCount] = TapeEntry(.string, offset: nameEnd &+ 3, length: end &- (nameEnd &+ 3))
                tapeCount &+= 1
                stop &+= 4
                position = end &+ 1
            } else if separator == 0x227B_3A22 {
                stop &+= 2
                guard depth < maximumDepth else { return .value }
                tape[tapeCount] = TapeEntry(.object, offset: position, length: container)
                container = tapeCount
                tapeCount &+= 1
                depth &+= 1
                position &+= 1
                continue
            } else {
                stop &+= 2
                guard let value = Self.plainValue(input, at: position, safe: safe) else { return .value }
                tape[tapeCount] = value
                tapeCount &+= 1
                position &+= value.length
            }

            while input[position] == UInt8(ascii: "}") {
                guard depth > outerDepth, position < safe, tapeCount <= last else { return .end }
                container = TapeEntry.close(container, at: position, tape: tape, count: tapeCount)
                tapeCount &+= 1
                depth &-= 1
                position &+= 1
            }
            guard position < safe, Self.fourBytes(input, at: position) & 0xFFFF == 0x222C else { return .end }
            position &+= 1
        }
    }

    /// Returns the null, boolean or integer at a position from which six bytes are readable. Nil for every other value,
    /// and for a number with a fraction, an exponent, a leading zero or more digits than an integer has.
    @_transparent
    private static func plainValue(_ input: UnsafePointer<UInt8>, at position: Int, safe: Int) -> TapeEntry? {
        switch fourBytes(input, at: position) {
        case 0x6C6C_756E: return TapeEntry(.null, offset: position, length: 4)
        case 0x6575_7274: return TapeEntry(.boolean, offset: position, length: 4, flag: true)
        case 0x736C_6166 where input[position &+ 4] == UInt8(ascii: "e"):
            return TapeEntry(.boolean, offset: position, length: 5)
        default: break
        }
        // At `safe` eight more bytes are readable, so the byte after the digits is.
        let limit = min(safe, position &+ 19)
        var end = position
        while end < limit, input[end] &- UInt8(ascii: "0") < 10 { end &+= 1 }
        let isPlain = end > position && input[position] != UInt8(ascii: "0")
        guard isPlain, input[end] == UInt8(ascii: ",") || input[end] == UInt8(ascii: "}") else { return nil }
        return TapeEntry(.number, offset: position, length: end &- position)
    }

    /// Returns four bytes in little-endian order, so that `":"` is 0x223A22.
    @inline(__always)
    private static func fourBytes(_ input: UnsafePointer<UInt8>, at position: Int) -> UInt32 {
        UInt32(littleEndian: UnsafeRawPointer(input + position).loadUnaligned(as: UInt32.self))
    }
}
