/// Classifies a number in JSON text while its bytes are read.
struct NumberScanner {
    private enum State {
        case start, sign, zero, integer, point, fraction, exponent, exponentSign, exponentDigits
    }

    private var state = State.start
    private var isNegative = false
    /// The digits without the decimal point, if they fit in 64 bits.
    private var magnitude: UInt64? = 0
    /// The power of ten by which the digits are multiplied.
    private var scale = 0
    private var exponent = 0
    private var hasNegativeExponent = false

    /// Consumes the next byte. Returns false if the number ended before it.
    mutating func take(_ byte: UInt8) -> Bool {
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")):
            isNegative = true
            state = .sign
        case (.start, UInt8(ascii: "0")), (.sign, UInt8(ascii: "0")): state = .zero
        case (.start, 0x31...0x39), (.sign, 0x31...0x39), (.integer, 0x30...0x39):
            state = .integer
            add(byte)
        case (.zero, UInt8(ascii: ".")), (.integer, UInt8(ascii: ".")): state = .point
        case (.point, 0x30...0x39), (.fraction, 0x30...0x39):
            state = .fraction
            add(byte)
            scale -= 1
        case (.zero, 0x45), (.zero, 0x65), (.integer, 0x45), (.integer, 0x65), (.fraction, 0x45), (.fraction, 0x65):
            state = .exponent
        case (.exponent, UInt8(ascii: "-")):
            hasNegativeExponent = true
            state = .exponentSign
        case (.exponent, UInt8(ascii: "+")): state = .exponentSign
        case (.exponent, 0x30...0x39), (.exponentSign, 0x30...0x39), (.exponentDigits, 0x30...0x39):
            state = .exponentDigits
            exponent = min(exponent * 10 + Int(byte - 0x30), 100_000)
        default: return false
        }
        return true
    }

    private mutating func add(_ byte: UInt8) {
        guard let value = magnitude else { return }
        let (product, overflows) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(byte - 0x30))
        magnitude = overflows || overflowsToo ? nil : sum
    }

    /// Whether the bytes so far are a number.
    var isWhole: Bool {
        switch state {
        case .zero, .integer, .fraction, .exponentDigits: true
        default: false
        }
    }

    /// The value as a 64-bit integer, in any spelling: `2`, `2.0` and `20e-1`.
    var integer: Int64? {
        guard var value = magnitude else { return nil }
        var power = scale + (hasNegativeExponent ? -exponent : exponent)
        while power < 0, value > 0 {
            guard value % 10 == 0 else { return nil }
            value /= 10
            power += 1
        }
        while power > 0, value > 0 {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            value = product
            power -= 1
        }
        return isNegative ? (value == 1 << 63 ? .min : Int64(exactly: value).map { -$0 }) : Int64(exactly: value)
    }
}
