/// Literals, numbers and strings.
extension JSONCursor {
    /// Reads `true`, `false` or `null`.
    mutating func readLiteral(_ text: StaticString) throws(Fault) {
        for index in 0..<text.utf8CodeUnitCount {
            guard try peekByte() == text.utf8Start[index] else { throw .malformed }
            position += 1
        }
    }

    /// Reads a number.
    mutating func readNumber() throws(Fault) -> NumberScanner {
        var number = NumberScanner()
        while true {
            while position < end {
                guard number.take(bytes[position]) else {
                    guard number.isWhole else { throw .malformed }
                    return number
                }
                position += 1
            }
            if !refill() {
                guard number.isWhole else { throw .endsEarly }
                return number
            }
        }
    }

    // MARK: Strings

    /// Skips a string.
    mutating func skipString() throws(Fault) {
        position += 1
        while true {
            position += PlainBytes.count(bytes + position, end - position)
            if position == end {
                guard refill() else { throw .endsEarly }
                continue
            }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): _ = try readEscape()
            default: throw .malformed
            }
        }
    }

    /// Reads an unescaped string.
    ///
    /// For bytes in memory without escapes, the result refers to them directly. Otherwise it is written to `scratch`.
    mutating func readString(_ scratch: ByteBuffer) throws(Fault) -> UnsafeBufferPointer<UInt8> {
        if window == nil {
            let start = position + 1
            let count = PlainBytes.count(bytes + start, end - start)
            if start + count < end, bytes[start + count] == UInt8(ascii: "\"") {
                position = start + count + 1
                return .init(start: bytes + start, count: count)
            }
        }
        scratch.empty()
        try appendString(to: scratch)
        return scratch.bytes
    }

    /// Reads a string and appends it unescaped.
    mutating func appendString(to buffer: ByteBuffer) throws(Fault) {
        position += 1
        while true {
            position += buffer.appendPlain(from: bytes + position, count: end - position)
            if position == end {
                guard refill() else { throw .endsEarly }
                continue
            }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                // The most frequent escape of JSON inside a string.
                if position + 1 < end, bytes[position + 1] == UInt8(ascii: "\"") {
                    buffer.append(UInt8(ascii: "\""))
                    position += 2
                } else {
                    append(try readEscape(), to: buffer)
                }
            default: throw .malformed
            }
        }
    }

    private func append(_ scalar: Unicode.Scalar, to buffer: ByteBuffer) {
        if scalar.isASCII {
            buffer.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { buffer.append(byte) }
        }
    }

    /// Reads an escape; an unpaired surrogate becomes U+FFFD.
    private mutating func readEscape() throws(Fault) -> Unicode.Scalar {
        position += 1
        let byte = try peekByte()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): break
        default: throw .malformed
        }
        let unit = try readHexadecimal()
        guard (0xD800..<0xDC00).contains(unit), try peekByte() == UInt8(ascii: "\\") else {
            return Unicode.Scalar(unit) ?? "\u{FFFD}"
        }
        position += 1
        guard try peekByte() == UInt8(ascii: "u") else {
            position -= 1
            return "\u{FFFD}"
        }
        position += 1
        let low = try readHexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func readHexadecimal() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peekByte()
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw .malformed
            }
            position += 1
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
