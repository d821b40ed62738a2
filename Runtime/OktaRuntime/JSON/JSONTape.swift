/// One token of a parsed document, packed into eight bytes.
///
/// ```
/// head    bits 29-31  kind
///         bit 28      flag: true, of the booleans; a string with escapes; a number with a fraction or an exponent
///         bits 0-27   scalars: length in bytes (strings without their quotes)
///                     names, with bit 28: length in bits 0-10, hash in bits 11-18, depth less 1 in bits 19-28
///                     containers: number of entries from this one to the one after its end
/// offset  in the document's bytes (strings and names: of the byte after the opening quote)
/// ```
///
/// A lookup compares heads before it reads any byte of the document. The depth of a name is the number of containers
/// that it is in. Names of this depth between the start of an object and its end are its own members, so that a lookup
/// compares all entries in between, several at a time. Containers have the greatest kinds, so one more comparison
/// distinguishes them from other values.
struct TapeEntry: Sendable {
    /// The kind of a token. A member name with escapes, or one that is too long for its bits, has the kind `string`.
    enum Kind: UInt8 {
        case null, boolean, number, string, name, end, array, object
    }

    /// The largest length or span that can be stored.
    static let maximumLength = (1 << 28) - 1
    /// The largest length of a name that can be stored.
    static let maximumNameLength = (1 << 11) - 1

    private let start: UInt32
    let head: UInt32

    @inline(__always)
    private init(start: UInt32, head: UInt32) {
        self.start = start
        self.head = head
    }

    @inline(__always)
    init(_ kind: Kind, offset: Int, length: Int, flag: Bool = false) {
        start = UInt32(truncatingIfNeeded: offset)
        head = UInt32(truncatingIfNeeded: length) & 0x0FFF_FFFF | Self.bits(kind) | (flag ? 0x1000_0000 : 0)
    }

    /// Creates the entry of a member's name.
    @inline(__always)
    init(nameAt offset: Int, length: Int, hash: UInt8, depth: Int) {
        start = UInt32(truncatingIfNeeded: offset)
        head = Self.nameHead(length: length, hash: hash) | UInt32(truncatingIfNeeded: depth &- 1) << 19 & Self.depthBits
    }

    /// Returns the head of a name at depth 1.
    @inline(__always)
    static func nameHead(length: Int, hash: UInt8) -> UInt32 {
        UInt32(truncatingIfNeeded: length) & 0x7FF | UInt32(hash) << 11 | bits(.name)
    }

    /// The bits of the depth in the head of a name. Their range corresponds to the parser's limit of 1024 levels.
    static let depthBits: UInt32 = 0x1FF8_0000

    /// Returns the entry of the closed container, in which the number of entries replaces the link to the enclosing
    /// one.
    @inline(__always)
    private func closed(entries: Int) -> TapeEntry {
        TapeEntry(start: start, head: head & 0xF000_0000 | UInt32(truncatingIfNeeded: entries) & 0x0FFF_FFFF)
    }

    /// Closes the container at an index: appends its end, and returns the enclosing container.
    @inline(__always)
    static func close(_ container: Int, at position: Int, tape: UnsafeMutablePointer<TapeEntry>, count: Int) -> Int {
        let entry = tape[container]
        tape[count] = TapeEntry(.end, offset: position, length: 0)
        tape[container] = entry.closed(entries: count &+ 1 &- container)
        return entry.entries
    }

    @inline(__always)
    private static func bits(_ kind: Kind) -> UInt32 { UInt32(kind.rawValue) << 29 }

    @inline(__always) var offset: Int { Int(start) }
    /// The flag of an entry other than a name.
    @inline(__always) var flag: Bool { head & 0x1000_0000 != 0 }

    /// Whether this is a string with escapes.
    @inline(__always) var hasEscapes: Bool { head & 0xF000_0000 == Self.bits(.string) | 0x1000_0000 }

    /// The length of a scalar or a name.
    @inline(__always) var length: Int { has(.name) ? Int(head & 0x7FF) : Int(head & 0x0FFF_FFFF) }

    /// The number of entries of a container, including its end.
    @inline(__always) var entries: Int { Int(head & 0x0FFF_FFFF) }

    /// The kind. Three bits always encode one of the eight kinds, so the fallback is never used.
    @inline(__always) var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: head >> 29)) ?? .end }

    /// Returns whether the entry has a kind. Unlike a comparison of kinds, this needs no call.
    @inline(__always) func has(_ kind: Kind) -> Bool { head & 0xE000_0000 == Self.bits(kind) }

    /// Whether this is a member's name, or a string.
    @inline(__always) var isText: Bool { has(.string) || has(.name) }

    /// Whether this is the start of an array or an object.
    @inline(__always) var isContainer: Bool { head >= Self.bits(.array) }

    /// The number of entries of this value.
    @inline(__always) var span: Int { isContainer ? entries : 1 }
}

/// An upper bound of the tape's size, so that the tape is allocated once and never grows.
///
/// Every value and member name except the root follows an opening bracket, a comma or a colon, and every closing
/// bracket matches an opening one. There are therefore at most `1 + commas + colons + 2 * opening brackets` entries.
/// This also holds for malformed documents, because the parser stops at the first error.
enum JSONTokenCount {
    static func upperBound(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let input = bytes.baseAddress else { return 1 }
        let rough = 1 + countInStringsToo(input, count: bytes.count)
        // For text full of commas, a slower count that excludes strings saves memory.
        return rough <= bytes.count / 8 + 64 ? rough : 1 + countOutsideStrings(input, count: bytes.count)
    }

    /// Counts in a form that compilers vectorize: a short loop without branches whose sum fits in a byte. Swift's own
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

    /// Counts outside strings. It agrees with the parser on the ends of strings up to the first error, where the parser
    /// stops.
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

    /// Returns the weight of a byte. '[' and '{' differ only in bit 5.
    @inline(__always)
    private static func weight(_ byte: UInt8) -> UInt8 {
        (byte == UInt8(ascii: ",") ? 1 : 0) &+ (byte == UInt8(ascii: ":") ? 1 : 0)
            &+ (byte | 0x20 == UInt8(ascii: "{") ? 2 : 0)
    }
}
