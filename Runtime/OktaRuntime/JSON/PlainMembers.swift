/// Parses the members of an object that need no closer look: names and strings without escapes, in ASCII, and objects of
/// such members, with no white space between them.
///
/// Most members of most responses are of this form. One loop over the positions that the string scanner has found, with
/// few variables, takes a third of the parser's time for them. Whatever is different is left to the parser, including
/// all errors.
struct PlainMembers {
    /// Where the members end.
    enum Reached {
        /// Before a name, or what stands there.
        case name
        /// Before the value of a member whose name is on the tape.
        case value
        /// After the value of a member.
        case end
    }

    /// The first byte that is not parsed.
    var position: Int
    /// The index of the first stop that is not used.
    var stop: Int
    /// The number of entries on the tape.
    var tapeCount: Int
    /// The innermost open object, and the number of open containers.
    var container: Int
    var depth: Int

    /// Parses from a position at which a name may begin.
    ///
    /// - Parameters:
    ///   - stops: Positions in order, followed by at least four that are beyond the document. All before `stop` are
    ///     behind the parser.
    ///   - capacity: The number of entries that the tape has room for.
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
    ///   - safe: From here on, eight bytes may not be readable.
    ///   - last: The last index from which the tape has room for three entries.
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
            // The string began in this window, which is not longer than a name may be.
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
            } else {
                stop &+= 2
                guard separator == 0x227B_3A22, depth < maximumDepth else { return .value }
                tape[tapeCount] = TapeEntry(.object, offset: position, length: container)
                container = tapeCount
                tapeCount &+= 1
                depth &+= 1
                position &+= 1
                continue
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

    /// In order from the lowest byte: `":"` is 0x223A22.
    @inline(__always)
    private static func fourBytes(_ input: UnsafePointer<UInt8>, at position: Int) -> UInt32 {
        UInt32(littleEndian: UnsafeRawPointer(input + position).loadUnaligned(as: UInt32.self))
    }
}
