extension JSON {
    /// Creates a string.
    public init(_ value: String) { self.init(.string(value)) }

    /// Creates a number.
    public init(_ value: Int) { self.init(.number(String(value))) }

    /// Creates a number with the fewest digits that read back as the same `Double`. NaN and infinity, which JSON does
    /// not have, become null.
    public init(_ value: Double) { self.init(value.isFinite ? .number("\(value)") : .null) }

    /// Creates a boolean.
    public init(_ value: Bool) { self.init(.boolean(value)) }

    /// The text, unescaped; `nil` for any other kind.
    public var string: String? {
        switch storage {
        case .slice(let document, let index):
            document.tape[Int(index)].isText ? document.text(at: Int(index)) : nil
        case .string(let value): value
        default: nil
        }
    }

    /// The boolean; `nil` for any other kind.
    public var bool: Bool? {
        switch storage {
        case .slice(let document, let index): document.bool(at: Int(index))
        case .boolean(let value): value
        default: nil
        }
    }

    /// The number as an integer, in any spelling (`5`, `5.0`, `50e-1`); `nil` for any other kind, for a fraction and
    /// for a number beyond `Int`.
    public var int: Int? { withNumberBytes(JSONNumber.int) ?? nil }

    /// The number as the nearest `Double`; `nil` for any other kind and for a number beyond `Double`'s range.
    public var double: Double? {
        guard let text = numberText, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The number as written, such as `1.50` or `1e3`; `nil` for any other kind.
    public var numberText: String? {
        switch storage {
        case .slice(let document, let index):
            document.tape[Int(index)].has(.number) ? document.text(at: Int(index)) : nil
        case .number(let text): text
        default: nil
        }
    }

    /// Calls `body` with the number's text; `nil` for any other kind.
    func withNumberBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        switch storage {
        case .slice(let document, let index):
            return document.tape[Int(index)].has(.number) ? document.withContent(at: Int(index), body) : nil
        case .number(var text):
            return text.withUTF8(body)
        default:
            return nil
        }
    }

    /// Calls `body` with the string's unescaped UTF-8; `nil` for any other kind.
    func withStringBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        switch storage {
        case .slice(let document, let index):
            return document.tape[Int(index)].isText ? document.withText(at: Int(index), body) : nil
        case .string(var text):
            return text.withUTF8(body)
        default:
            return nil
        }
    }
}

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
    /// The text, if the exponent is out of range.
    private var verbatim: [UInt8] = []

    /// Parses a text that follows JSON's grammar.
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

    /// Returns the number as an `Int`, if it is an integer in range.
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
            // The value is built with its sign, because Int.min has no positive counterpart.
            let (next, overflowedAgain) =
                isNegative
                ? shifted.subtractingReportingOverflow(Int(digit)) : shifted.addingReportingOverflow(Int(digit))
            guard !overflowed, !overflowedAgain else { return nil }
            value = next
        }
        return value
    }

    /// Returns the fast path for the usual case: an optional sign and up to 18 digits.
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

    /// Parses the exponent after its mark. Returns `nil` if it has more than 17 digits.
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
