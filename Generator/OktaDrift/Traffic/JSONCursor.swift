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
    var bytes: UnsafePointer<UInt8>
    var position = 0
    var end: Int
    let window: RecordingWindow?
    /// The bytes before the window, less those before the line.
    private var lineOffset = 0
    /// Which of the values that are open are objects.
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

    /// The next byte, white space or not; it stays unread.
    mutating func peekByte() throws(Fault) -> UInt8 {
        if position < end { return bytes[position] }
        guard refill() else { throw .endsEarly }
        return bytes[position]
    }
}
