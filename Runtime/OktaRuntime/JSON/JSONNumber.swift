/// A number as sign, significant digits and power of ten, so that equal numbers compare equal regardless of their
/// spelling.
///
/// It does not use `Double`, so digits beyond its precision and exponents beyond its range count. Zero has no sign. One
/// simplification: numbers whose exponents have more than 17 digits are equal only if they are spelled alike.
struct JSONNumber: Hashable {
    private var isNegative = false
    /// Digits without leading and trailing zeros; empty for zero.
    private var digits: [UInt8] = []
    /// The power of ten of the last digit.
    private var exponent = 0
    /// The text, when the exponent is out of range.
    private var verbatim: [UInt8] = []

    /// `text` follows JSON's grammar.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        let exponentMark = text.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? text.count
        var fractionDigits = 0
        var inFraction = false
        digits.reserveCapacity(exponentMark)
        for byte in text[..<exponentMark] {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): inFraction = true
            default:
                if inFraction { fractionDigits += 1 }
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
            }
        }
        guard let last = digits.lastIndex(where: { $0 != 0 }) else {
            self = JSONNumber()
            return
        }
        let trailingZeros = digits.count - 1 - last
        digits.removeLast(trailingZeros)
        guard let written = Self.exponent(UnsafeBufferPointer(rebasing: text[exponentMark...].dropFirst())) else {
            self = JSONNumber()
            verbatim = Array(text)
            return
        }
        exponent = written - fractionDigits + trailingZeros
    }

    private init() {}

    /// The number as an `Int`, if it is an integer in range.
    static func int(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        plainInt(text) ?? JSONNumber(text).int
    }

    private var int: Int? {
        guard verbatim.isEmpty else { return nil }
        guard !digits.isEmpty else { return 0 }
        guard exponent >= 0, digits.count <= 19, exponent <= 19 else { return nil }
        var value = 0
        for digit in digits + Array(repeating: 0, count: exponent) {
            let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10)
            // In the direction of the sign, because Int.min has no positive counterpart.
            let (next, overflowedAgain) =
                isNegative
                ? shifted.subtractingReportingOverflow(Int(digit)) : shifted.addingReportingOverflow(Int(digit))
            guard !overflowed, !overflowedAgain else { return nil }
            value = next
        }
        return value
    }

    /// The fast path for the usual case: an optional sign and up to 18 digits.
    private static func plainInt(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = text[(isNegative ? 1 : 0)...]
        guard digits.count <= 18 else { return nil }
        var value = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return isNegative ? -value : value
    }

    /// The exponent after its mark; nil if it has more than 17 digits.
    private static func exponent(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var value = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { continue }
            guard value < 10_000_000_000_000_000 else { return nil }
            value = value * 10 + Int(digit)
        }
        return text.first == UInt8(ascii: "-") ? -value : value
    }
}
