/// One token of a parsed document, packed into eight bytes.
///
/// ```
/// head    bits 29-31  kind
///         bit 28      flag: a string has escapes, or a number has a fraction or an exponent
///         bits 0-27   scalars: length in bytes (strings without their quotes)
///                     containers: number of entries from this one to the one after its end
/// offset  in the document's bytes (strings: of the byte after the opening quote)
/// ```
///
/// A key of known length is sought with one comparison per member before any byte is looked at, and containers, whose
/// kinds are the greatest, are told from other values with one more.
struct TapeEntry: Sendable {
    enum Kind: UInt8 {
        case null, `false`, `true`, number, string, end, array, object
    }

    /// The largest length or span that fits.
    static let maximumLength = (1 << 28) - 1

    private let start: UInt32
    let head: UInt32

    @inline(__always)
    init(_ kind: Kind, offset: Int, length: Int, flag: Bool = false) {
        start = UInt32(truncatingIfNeeded: offset)
        head = Self.head(kind, length: length, flag: flag)
    }

    @inline(__always)
    static func head(_ kind: Kind, length: Int, flag: Bool) -> UInt32 {
        UInt32(truncatingIfNeeded: length) & 0x0FFF_FFFF | UInt32(kind.rawValue) << 29 | (flag ? 0x1000_0000 : 0)
    }

    @inline(__always) var offset: Int { Int(start) }
    @inline(__always) var length: Int { Int(head & 0x0FFF_FFFF) }
    @inline(__always) var flag: Bool { head & 0x1000_0000 != 0 }

    /// Three bits always name one of the eight kinds, so the fallback is never taken.
    @inline(__always) var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: head >> 29)) ?? .end }

    /// Whether this is the start of an array or an object.
    @inline(__always) var isContainer: Bool { head >= UInt32(Kind.array.rawValue) << 29 }

    /// How many entries this value takes up.
    @inline(__always) var span: Int { isContainer ? length : 1 }
}
