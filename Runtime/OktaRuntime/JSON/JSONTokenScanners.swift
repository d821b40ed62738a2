/// Finds the end of a number and validates its form by RFC 8259, section 6.
enum JSONNumberScanner {
    /// The position after a number's last byte, and whether the number has a fraction or an exponent.
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
        // "01" is a malformed number rather than a missing comma.
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

/// Validates `true`, `false` or `null` at a position.
enum JSONWordScanner {
    @inline(never)
    static func scan(
        _ word: StaticString, _ input: UnsafePointer<UInt8>, at position: Int, count: Int
    ) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position &+ index < count else { throw JSONFault(.unexpectedEnd, at: count) }
            guard input[position &+ index] == word.utf8Start[index] else {
                throw JSONFault(.invalidLiteral, at: position)
            }
        }
    }
}

/// Skips white space between tokens.
enum JSONWhitespace {
    /// The end of white space that begins at a position.
    @inline(never)
    static func end(_ input: UnsafePointer<UInt8>, from start: Int, count: Int) -> Int {
        var position = start
        while position < count {
            let byte = input[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return position }
            position &+= 1
            // Indentation consists of runs of spaces.
            while position &+ 8 <= count,
                UnsafeRawPointer(input + position).loadUnaligned(as: UInt64.self) == 0x2020_2020_2020_2020
            { position &+= 8 }
        }
        return position
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `nil` is null. In the context of a `JSON?`, a lone `nil` is the absent value, but in `condition ? json : nil` it
    /// is null: write `.none` there.
    public init(nilLiteral: ()) { self = .null }

    /// Creates a boolean.
    public init(booleanLiteral value: Bool) { self.init(value) }

    /// Creates a number.
    public init(integerLiteral value: Int) { self.init(value) }

    /// Creates a number.
    public init(floatLiteral value: Double) { self.init(value) }

    /// Creates a string.
    public init(stringLiteral value: String) { self.init(value) }

    /// Creates an array.
    public init(arrayLiteral elements: JSON...) { self.init(elements) }

    /// Creates an object; order and repeated names are preserved.
    public init(dictionaryLiteral members: (String, JSON)...) { self.init(members: members) }
}
