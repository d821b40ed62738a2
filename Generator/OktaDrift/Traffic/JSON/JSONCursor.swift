/// The kinds of JSON values, and the absence of one.
enum JSONKind {
    case object, list, string, number, boolean, null, none
}

/// Reads JSON from bytes in memory, or from a recording with one window in memory.
///
/// The cursor builds no tree. The caller requests the relevant values and skips the others. All input is validated
/// against RFC 8259.
struct JSONCursor {
    /// The reason that parsing cannot continue.
    enum Fault: Error {
        /// The bytes are not JSON.
        case malformed
        /// The bytes end within a value.
        case endsEarly
        /// Values are nested deeper than ``maximumDepth``.
        case tooDeep
    }

    /// The maximum nesting depth, which is Foundation's limit and much more than any response has.
    static let maximumDepth = 512

    /// Whether a line feed ends the input, as in JSON lines.
    var endsAtLineFeed = false
    /// The line of the next byte, from 1.
    private(set) var line = 1
    var bytes: UnsafePointer<UInt8>
    var position = 0
    var end: Int
    let window: RecordingWindow?
    /// The bytes before the window, minus those before the line.
    private var lineOffset = 0
    /// The stack of open values: whether each is an object.
    var nesting: [Bool] = []
    var kept: ByteBuffer?
    var keptFrom = 0

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

    /// A cursor over the unread bytes in memory; valid until this one moves its window.
    var ahead: JSONCursor { JSONCursor(start: bytes + position, count: end - position) }

    /// Consumes the expected bytes. Returns false and consumes nothing if other bytes follow.
    mutating func skip(_ expected: [UInt8]) -> Bool {
        guard end - position >= expected.count, expected.indices.allSatisfy({ bytes[position + $0] == expected[$0] })
        else { return false }
        position += expected.count
        return true
    }

    /// Rewinds to a position in memory.
    mutating func rewind(to position: Int) {
        self.position = position
    }

    /// Moves the window when all its bytes are read. Returns false at the end.
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

    /// Returns the next byte that is not white space, without consuming it; nil at the end.
    @inline(__always)
    mutating func peek() -> UInt8? {
        if position < end, bytes[position] > 0x20 { return bytes[position] }
        return skipSpace()
    }

    /// Returns the kind of the next value, by its first byte.
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

    /// Advances to the first byte of a line that is not blank. Returns nil at the end of the input.
    mutating func startLine() -> UInt8? {
        while true {
            if let byte = peek() { return byte }
            guard position < end else { return nil }
            passLineFeed()
        }
    }

    /// Skips the rest of the line.
    mutating func skipLine() {
        while true {
            while position < end, bytes[position] != 0x0A { position += 1 }
            if position < end || !refill() { return }
        }
    }

    @inline(__always)
    mutating func next() throws(Fault) -> UInt8 {
        guard let byte = peek() else { throw .endsEarly }
        return byte
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) throws(Fault) {
        guard try next() == byte else { throw .malformed }
        position += 1
    }

    /// Returns the next byte, even white space, without consuming it.
    mutating func peekByte() throws(Fault) -> UInt8 {
        if position < end { return bytes[position] }
        guard refill() else { throw .endsEarly }
        return bytes[position]
    }
}
