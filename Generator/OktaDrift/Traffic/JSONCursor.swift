/// The kinds of JSON values; none where no value begins.
enum JSONKind {
    case object, list, string, number, boolean, null, none
}

/// Reads JSON from bytes in memory, or from a recording of which one window is in memory.
///
/// It builds nothing: whoever reads asks for the values that matter and skips the others. All that it passes is checked
/// against the grammar of RFC 8259.
struct JSONCursor {
    /// Why reading can not go on.
    enum Fault: Error {
        /// The bytes are no JSON.
        case malformed
        /// The bytes end within a value.
        case endsEarly
        /// Values are nested deeper than ``maximumDepth``.
        case tooDeep
    }

    /// What Foundation takes, and much more than any answer has.
    static let maximumDepth = 512

    /// Whether a line feed ends the input, as it does in JSON lines.
    var endsAtLineFeed = false
    /// The line of the next byte, from 1.
    private(set) var line = 1
    private var bytes: UnsafePointer<UInt8>
    private(set) var position = 0
    private var end: Int
    private let window: RecordingWindow?
    /// The bytes before the window, less those before the line.
    private var lineOffset = 0
    /// Which of the values that are open are objects.
    private var nesting: [Bool] = []
    private var kept: ByteBuffer?
    private var keptFrom = 0

    /// Reads bytes that outlive the cursor.
    init(start: UnsafePointer<UInt8>, count: Int) {
        window = nil
        bytes = start
        end = count
    }

    /// Reads a recording.
    init(_ window: RecordingWindow) {
        self.window = window
        bytes = UnsafePointer(window.bytes)
        end = 0
    }

    /// The column of the next byte, in bytes from 1.
    var column: Int { lineOffset + position + 1 }

    /// A cursor over the bytes in memory that were not read yet; it is of use until this one moves its window.
    var ahead: JSONCursor { JSONCursor(start: bytes + position, count: end - position) }

    /// Passes bytes where they come next; false, and nothing is read, where they do not.
    mutating func skip(_ expected: [UInt8]) -> Bool {
        guard end - position >= expected.count, expected.indices.allSatisfy({ bytes[position + $0] == expected[$0] })
        else { return false }
        position += expected.count
        return true
    }

    /// Goes back to a place of bytes in memory.
    mutating func rewind(to position: Int) {
        self.position = position
    }

    /// Moves the window once all its bytes are read; false at the end.
    mutating func refill() -> Bool {
        guard let window else { return false }
        if let kept {
            kept.append(.init(start: bytes + keptFrom, count: end - keptFrom))
            keptFrom = 0
        }
        lineOffset += position
        position = 0
        end = window.fill()
        return end > 0
    }

    // MARK: Space

    /// The next byte that is no white space, which stays unread; nil at the end.
    @inline(__always)
    mutating func peek() -> UInt8? {
        if position < end, bytes[position] > 0x20 { return bytes[position] }
        return skipSpace()
    }

    /// What kind of value comes next, by its first byte.
    @inline(__always)
    mutating func peekKind() -> JSONKind {
        switch peek() ?? 0 {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .list
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "-"), 0x30...0x39: .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        default: .none
        }
    }

    private mutating func skipSpace() -> UInt8? {
        while true {
            while position < end {
                switch bytes[position] {
                case 0x20, 0x09, 0x0D: position += 1
                case 0x0A:
                    if endsAtLineFeed { return nil }
                    passLineFeed()
                case let byte: return byte
                }
            }
            if !refill() { return nil }
        }
    }

    private mutating func passLineFeed() {
        position += 1
        line += 1
        lineOffset = -position
    }

    /// Reads on to the first byte of a line that holds more than white space; nil at the end of the input.
    mutating func startLine() -> UInt8? {
        while true {
            if let byte = peek() { return byte }
            guard position < end else { return nil }
            passLineFeed()
        }
    }

    /// Reads on to the end of the line, whatever stands there.
    mutating func skipLine() {
        while true {
            while position < end, bytes[position] != 0x0A { position += 1 }
            if position < end || !refill() { return }
        }
    }

    private mutating func next() throws(Fault) -> UInt8 {
        guard let byte = peek() else { throw .endsEarly }
        return byte
    }

    private mutating func take(_ byte: UInt8) throws(Fault) {
        guard try next() == byte else { throw .malformed }
        position += 1
    }

    // MARK: Objects and lists

    /// Enters an object; false, and nothing is read, where the value is none.
    mutating func enterObject() throws(Fault) -> Bool { try enter(UInt8(ascii: "{")) }

    /// Enters a list; false, and nothing is read, where the value is none.
    mutating func enterList() throws(Fault) -> Bool { try enter(UInt8(ascii: "[")) }

    private mutating func enter(_ byte: UInt8) throws(Fault) -> Bool {
        guard try next() == byte else { return false }
        position += 1
        return true
    }

    /// The key of the next member, read with its colon; nil when the object has ended.
    ///
    /// The bytes are there until more is read from a recording, or written to `scratch`.
    mutating func nextKey(_ isFirst: inout Bool, _ scratch: ByteBuffer) throws(Fault) -> UnsafeBufferPointer<UInt8>? {
        guard try nextPart(&isFirst, closing: UInt8(ascii: "}")) else { return nil }
        guard try next() == UInt8(ascii: "\"") else { throw .malformed }
        let key = try readString(scratch)
        try take(UInt8(ascii: ":"))
        return key
    }

    /// Whether the list has one more element; false when it has ended.
    mutating func nextElement(_ isFirst: inout Bool) throws(Fault) -> Bool {
        try nextPart(&isFirst, closing: UInt8(ascii: "]"))
    }

    private mutating func nextPart(_ isFirst: inout Bool, closing: UInt8) throws(Fault) -> Bool {
        let byte = try next()
        if byte == closing {
            position += 1
            return false
        }
        if isFirst {
            isFirst = false
        } else {
            guard byte == UInt8(ascii: ",") else { throw .malformed }
            position += 1
        }
        return true
    }

    // MARK: Any value

    /// Passes a value of any kind; what is nested does not deepen the stack.
    mutating func skipValue() throws(Fault) {
        nesting.removeAll(keepingCapacity: true)
        while true {
            switch try next() {
            case UInt8(ascii: "{"):
                position += 1
                try open(isObject: true)
                if try next() == UInt8(ascii: "}") { break }
                try skipKey()
                continue
            case UInt8(ascii: "["):
                position += 1
                try open(isObject: false)
                if try next() == UInt8(ascii: "]") { break }
                continue
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: "-"), 0x30...0x39: _ = try readNumber()
            case UInt8(ascii: "t"): try readLiteral("true")
            case UInt8(ascii: "f"): try readLiteral("false")
            case UInt8(ascii: "n"): try readLiteral("null")
            default: throw .malformed
            }
            if try !closeEnded() { return }
        }
    }

    /// Passes a value and gathers its bytes.
    mutating func skipValue(keepingIn buffer: ByteBuffer) throws(Fault) {
        _ = try next()
        kept = buffer
        keptFrom = position
        defer { kept = nil }
        try skipValue()
        buffer.append(.init(start: bytes + keptFrom, count: position - keptFrom))
    }

    private mutating func open(isObject: Bool) throws(Fault) {
        guard nesting.count < Self.maximumDepth else { throw .tooDeep }
        nesting.append(isObject)
    }

    private mutating func skipKey() throws(Fault) {
        guard try next() == UInt8(ascii: "\"") else { throw .malformed }
        try skipString()
        try take(UInt8(ascii: ":"))
    }

    /// Leaves what ends behind a value; false when nothing is open any more.
    private mutating func closeEnded() throws(Fault) -> Bool {
        while let isObject = nesting.last {
            switch (try next(), isObject) {
            case (UInt8(ascii: ","), true):
                position += 1
                try skipKey()
                return true
            case (UInt8(ascii: ","), false):
                position += 1
                return true
            case (UInt8(ascii: "}"), true), (UInt8(ascii: "]"), false):
                position += 1
                nesting.removeLast()
            default: throw .malformed
            }
        }
        return false
    }

    // MARK: Literals and numbers

    /// Reads `true`, `false` or `null`.
    mutating func readLiteral(_ text: StaticString) throws(Fault) {
        for index in 0..<text.utf8CodeUnitCount {
            guard try peekByte() == text.utf8Start[index] else { throw .malformed }
            position += 1
        }
    }

    /// The next byte, white space or not; it stays unread.
    private mutating func peekByte() throws(Fault) -> UInt8 {
        if position < end { return bytes[position] }
        guard refill() else { throw .endsEarly }
        return bytes[position]
    }

    /// Reads a number.
    mutating func readNumber() throws(Fault) -> JSONNumber {
        var number = JSONNumber()
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

    /// Passes a string.
    mutating func skipString() throws(Fault) {
        position += 1
        while true {
            position += Self.plainCount(bytes + position, end - position)
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

    /// Reads a string without its escapes.
    ///
    /// Of bytes in memory they are those themselves where there is no escape. Others are written to `scratch`.
    mutating func readString(_ scratch: ByteBuffer) throws(Fault) -> UnsafeBufferPointer<UInt8> {
        if window == nil {
            let start = position + 1
            let count = Self.plainCount(bytes + start, end - start)
            if start + count < end, bytes[start + count] == UInt8(ascii: "\"") {
                position = start + count + 1
                return .init(start: bytes + start, count: count)
            }
        }
        scratch.empty()
        try appendString(to: scratch)
        return scratch.bytes
    }

    /// Reads a string and appends it without its escapes.
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
                // The escape that JSON in a string is full of.
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

    /// Reads an escape; half of a surrogate pair becomes U+FFFD.
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

    // MARK: Eight bytes at once

    /// A bit in each byte that a string can not hold as it is: a quote, a backslash, a control character.
    ///
    /// Only the lowest bit is exact: a byte above one that is special may look special too.
    @inline(__always)
    static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
        return found & (ones &* 0x80)
    }

    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    /// How many bytes of a string come before the first special one.
    @inline(__always)
    static func plainCount(_ source: UnsafePointer<UInt8>, _ available: Int) -> Int {
        var index = 0
        while index + 8 <= available {
            let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
            let special = specialBytes(UInt64(littleEndian: word))
            if special != 0 { return index + special.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < available, !isSpecial(source[index]) { index += 1 }
        return index
    }
}
