/// One token of a parsed document, packed into eight bytes.
///
/// ```
/// bit 63      flag: a string has escapes, or a number has a fraction or an exponent
/// bits 60-62  kind
/// bits 32-59  scalars: length in bytes (strings without their quotes)
///             containers: number of entries from this one to the one after its end
/// bits 0-31   offset in the document's bytes (strings: of the byte after the opening quote)
/// ```
///
/// Kind, flag and length share the upper half, so that a key of known length is sought with one integer comparison
/// per member before any byte is looked at.
struct TapeEntry: Sendable {
    enum Kind: UInt8 {
        case null, `false`, `true`, number, string, array, object, end
    }

    /// The largest length or span that fits.
    static let maximumLength = (1 << 28) - 1

    private let bits: UInt64

    @inline(__always)
    init(_ kind: Kind, offset: Int, length: Int, flag: Bool = false) {
        bits =
            UInt64(truncatingIfNeeded: offset) & 0xFFFF_FFFF
            | UInt64(Self.head(kind, length: length, flag: flag)) << 32
    }

    /// The upper half of an entry.
    @inline(__always)
    static func head(_ kind: Kind, length: Int, flag: Bool) -> UInt32 {
        UInt32(truncatingIfNeeded: length) & 0x0FFF_FFFF | UInt32(kind.rawValue) << 28 | (flag ? 0x8000_0000 : 0)
    }

    @inline(__always) var head: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
    @inline(__always) var offset: Int { Int(truncatingIfNeeded: bits & 0xFFFF_FFFF) }
    @inline(__always) var length: Int { Int(truncatingIfNeeded: bits >> 32 & 0x0FFF_FFFF) }
    @inline(__always) var flag: Bool { bits >> 63 != 0 }

    /// Three bits always name one of the eight kinds, so the fallback is never taken.
    @inline(__always) var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 60) & 7) ?? .end }

    /// How many entries this value takes up.
    @inline(__always) var span: Int {
        let kind = UInt8(truncatingIfNeeded: bits >> 60) & 7
        return kind == Kind.array.rawValue || kind == Kind.object.rawValue ? length : 1
    }
}
