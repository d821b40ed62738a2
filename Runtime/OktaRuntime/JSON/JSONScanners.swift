internal import CByteScan

/// Finds the end of a number and validates its syntax (RFC 8259, section 6).
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

    /// Scans at least one digit, and returns the position after the last one.
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
    /// Returns the end of white space that begins at a position.
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

/// Finds the end of a string and validates its bytes.
///
/// The scanner finds all bytes that end or interrupt a string for a window of the document at once, regardless of token
/// boundaries. Finding the end of a string is then a read of the next position, which does not wait for the bytes and
/// has no branch that is hard to predict.
struct JSONStringScanner {
    /// A string's closing quote, and whether the string needs unescaping.
    struct Span {
        var end: Int
        var hasEscapes: Bool
    }

    /// A position beyond any document. It follows the last position `ahead` times, because the parser reads ahead.
    private static let none = UInt32.max
    private static let ahead = 4

    private let input: UnsafePointer<UInt8>
    private let count: Int
    /// The positions in the window, in order, followed by `none`.
    let stops: UnsafeMutablePointer<UInt32>
    /// The index of the next position. All earlier positions are behind the parser.
    var next = 0
    /// The end of the window.
    private var examined = 0

    /// - Parameter stops: Uninitialized memory for `OKTA_STOP_ROOM` positions, which the scanner uses.
    init(_ input: UnsafePointer<UInt8>, count: Int, stops: UnsafeMutablePointer<UInt32>) {
        self.input = input
        self.count = count
        self.stops = stops
        self.stops.initialize(repeating: Self.none, count: Self.ahead)
    }

    /// Scans from the byte after the opening quote.
    @inline(__always)
    mutating func scan(from start: Int) throws(JSONFault) -> Span {
        var position = start
        var hasEscapes = false
        while true {
            var stop = stops[next]
            while stop < position {
                next &+= 1
                stop = stops[next]
            }
            guard _fastPath(stop != Self.none) else {
                try examine(from: position)
                continue
            }
            position = Int(stop)
            let byte = input[position]
            if byte == UInt8(ascii: "\"") { return Span(end: position, hasEscapes: hasEscapes) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position = try Self.skipEscape(input, at: position, count: count)
            } else if byte < 0x20 {
                throw JSONFault(.controlCharacter, at: position)
            } else {
                position = try Self.skipMultibyte(input, from: position, count: count)
            }
        }
    }

    /// Finds the positions of the window that follows, or of the one with the given position if that is later.
    @inline(never)
    private mutating func examine(from position: Int) throws(JSONFault) {
        let start = max(examined, position & ~63)
        guard start < count else { throw JSONFault(.unexpectedEnd, at: count) }
        let found = okta_find_string_stops(input, Int64(start), Int64(count), stops)
        (stops + Int(found)).initialize(repeating: Self.none, count: Self.ahead)
        next = 0
        examined = min(start &+ Int(OKTA_STOP_WINDOW), count)
    }

    private static func skipEscape(
        _ input: UnsafePointer<UInt8>, at backslash: Int, count: Int
    ) throws(JSONFault) -> Int {
        guard backslash + 1 < count else { throw JSONFault(.unexpectedEnd, at: count) }
        switch input[backslash + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return backslash + 2
        case UInt8(ascii: "u"):
            for position in backslash + 2..<backslash + 6 {
                guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
                guard input[position].hexadecimalValue != nil else { throw JSONFault(.invalidEscape, at: position) }
            }
            return backslash + 6
        default:
            throw JSONFault(.invalidEscape, at: backslash + 1)
        }
    }

    /// Validates a run of multi-byte characters according to the table of well-formed sequences in the Unicode
    /// standard, which excludes overlong forms, surrogates and code points above U+10FFFF.
    private static func skipMultibyte(
        _ input: UnsafePointer<UInt8>, from start: Int, count: Int
    ) throws(JSONFault) -> Int {
        var position = start
        while position < count, input[position] >= 0x80 {
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch input[position] {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: throw JSONFault(.invalidUTF8, at: position)
            }
            for index in 1..<length {
                guard position + index < count else { throw JSONFault(.unexpectedEnd, at: count) }
                let allowed = index == 1 ? second : 0x80...0xBF
                guard allowed.contains(input[position + index]) else { throw JSONFault(.invalidUTF8, at: position) }
            }
            position += length
        }
        return position
    }
}
