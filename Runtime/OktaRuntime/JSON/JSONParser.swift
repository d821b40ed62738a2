/// Parses a document into a tape in one pass, without recursion and without an allocation per token.
///
/// While a container is open, its entry's length field holds the tape index of the enclosing container: the tape is its
/// own stack. Closing a container replaces it with the container's span.
///
/// Functions called for each token are transparent rather than only always-inlined: the optimizer does not inline a
/// large function within a loop, regardless of its attributes, and the parser's state would then go through memory.
struct JSONParser {
    private let input: UnsafePointer<UInt8>
    private let count: Int
    private let maximumDepth: Int
    private let tape: UnsafeMutablePointer<TapeEntry>
    private let capacity: Int
    private var strings: JSONStringScanner

    /// The number of entries written.
    private(set) var tapeCount = 0
    /// The innermost open container; its own parent at the root.
    private(set) var container = 0
    private(set) var depth = 0
    /// Whether a member's name has a kind other than `name` on the tape, because it has escapes or is very long.
    private(set) var hasUnusualNames = false

    init(
        _ input: UnsafePointer<UInt8>, count: Int, maximumDepth: Int,
        tape: UnsafeMutablePointer<TapeEntry>, capacity: Int
    ) {
        self.input = input
        self.count = count
        self.maximumDepth = maximumDepth
        self.tape = tape
        self.capacity = capacity
        strings = JSONStringScanner(input, count: count)
    }

    /// Parses the whole document; on return the tape is complete.
    mutating func parse() throws(JSONFault) {
        // A local copy stays in registers; `self` would be reloaded after each write to the tape.
        var parser = self
        defer { self = parser }
        try parser.parseDocument()
    }

    @_transparent
    private mutating func parseDocument() throws(JSONFault) {
        var position = 0
        if count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF { throw JSONFault(.byteOrderMark, at: 0) }
        var inObject = false

        nextValue: while true {
            position = skipWhitespace(from: position)
            if inObject { position = skipWhitespace(from: try key(at: position)) }
            guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
            let byte = input[position]
            // Most values are strings, so they bypass the jump table of the switch.
            if byte == UInt8(ascii: "\"") {
                position = try string(at: position)
            } else {
                switch byte {
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    inObject = byte == UInt8(ascii: "{")
                    try open(inObject ? .object : .array, at: position)
                    position = skipWhitespace(from: position &+ 1)
                    guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
                    // In ASCII, a closing bracket is its opening bracket plus two; an empty container is closed below.
                    if input[position] != byte &+ 2 { continue nextValue }
                case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    let number = try JSONNumberScanner.scan(input, from: position, count: count)
                    guard number.end &- position <= TapeEntry.maximumLength else {
                        throw JSONFault(.tooManyTokens, at: position)
                    }
                    let entry = TapeEntry(
                        .number, offset: position, length: number.end &- position, flag: number.hasFractionOrExponent)
                    try append(entry, at: position)
                    position = number.end
                case UInt8(ascii: "t"): position = try literal("true", .boolean, flag: true, at: position)
                case UInt8(ascii: "f"): position = try literal("false", .boolean, at: position)
                case UInt8(ascii: "n"): position = try literal("null", .null, at: position)
                default: throw JSONFault(.expectedValue, at: position)
                }
            }

            // After a value: continue in its container, or close it and continue in the enclosing one.
            while true {
                position = skipWhitespace(from: position)
                guard depth > 0 else {
                    guard position == count else { throw JSONFault(.trailingContent, at: position) }
                    return
                }
                guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
                let byte = input[position]
                if byte == UInt8(ascii: ",") {
                    position &+= 1
                    continue nextValue
                }
                guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    throw JSONFault(.expectedCommaOrEnd, at: position)
                }
                inObject = try close(at: position)
                position &+= 1
            }
        }
    }

    // MARK: Containers

    @_transparent
    private mutating func open(_ kind: TapeEntry.Kind, at position: Int) throws(JSONFault) {
        guard depth < maximumDepth else { throw JSONFault(.tooDeep(limit: maximumDepth), at: position) }
        let index = tapeCount
        try append(TapeEntry(kind, offset: position, length: container), at: position)
        container = index
        depth &+= 1
    }

    /// Closes the innermost container; returns true when the enclosing one is an object.
    @_transparent
    private mutating func close(at position: Int) throws(JSONFault) -> Bool {
        let index = container
        let entry = tape[index]
        try append(TapeEntry(.end, offset: position, length: 0), at: position)
        tape[index] = entry.closed(entries: tapeCount &- index)
        container = entry.entries
        depth &-= 1
        return depth > 0 && tape[container].has(.object)
    }

    @_transparent
    private mutating func append(_ entry: TapeEntry, at position: Int) throws(JSONFault) {
        // The capacity is an upper bound by construction; the check ensures memory safety independently of that proof.
        guard tapeCount < capacity else { throw JSONFault(.tooManyTokens, at: position) }
        tape[tapeCount] = entry
        tapeCount &+= 1
    }

    // MARK: Tokens

    @_transparent
    private func skipWhitespace(from start: Int) -> Int {
        // Most responses have none.
        guard start < count, input[start] <= 0x20 else { return start }
        return JSONWhitespace.end(input, from: start, count: count)
    }

    /// Parses a member name and its colon; returns the position after the colon.
    @_transparent
    private mutating func key(at start: Int) throws(JSONFault) -> Int {
        guard start < count else { throw JSONFault(.unexpectedEnd, at: count) }
        guard input[start] == UInt8(ascii: "\"") else { throw JSONFault(.expectedKey, at: start) }
        let name = start &+ 1
        let span = try strings.scan(from: name)
        let length = span.end &- name
        if _slowPath(span.hasEscapes || length > TapeEntry.maximumNameLength) {
            hasUnusualNames = true
            try appendString(from: name, span)
        } else {
            let hash = NameHash.of(input + name, length: length, readable: count &- name)
            try append(TapeEntry(nameAt: name, length: length, hash: hash), at: start)
        }
        let position = skipWhitespace(from: span.end &+ 1)
        guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
        guard input[position] == UInt8(ascii: ":") else { throw JSONFault(.expectedColon, at: position) }
        return position &+ 1
    }

    @_transparent
    private mutating func string(at quote: Int) throws(JSONFault) -> Int {
        let span = try strings.scan(from: quote &+ 1)
        try appendString(from: quote &+ 1, span)
        return span.end &+ 1
    }

    @_transparent
    private mutating func appendString(from start: Int, _ span: JSONStringScanner.Span) throws(JSONFault) {
        let length = span.end &- start
        guard length <= TapeEntry.maximumLength else { throw JSONFault(.tooManyTokens, at: start &- 1) }
        try append(TapeEntry(.string, offset: start, length: length, flag: span.hasEscapes), at: start &- 1)
    }

    @_transparent
    private mutating func literal(
        _ word: StaticString, _ kind: TapeEntry.Kind, flag: Bool = false, at position: Int
    ) throws(JSONFault) -> Int {
        let length = word.utf8CodeUnitCount
        try JSONWordScanner.scan(word, input, at: position, count: count)
        try append(TapeEntry(kind, offset: position, length: length, flag: flag), at: position)
        return position &+ length
    }
}

extension JSON {
    /// Limits of the parser, for untrusted input.
    ///
    /// Two further limits are fixed: one string or number may be 256 MiB long, and a document may hold 268 million
    /// tokens.
    public struct Limits: Sendable, Hashable {
        /// The maximum nesting depth: 1 allows `[]`, 2 allows `[[]]`. Always within 0...1024, because comparing and
        /// hashing recurse once per level.
        public var maximumDepth: Int {
            didSet { maximumDepth = Self.clampDepth(maximumDepth) }
        }

        /// The largest document, in bytes. Always within 0...4,294,967,295 (4 GiB - 1).
        public var maximumBytes: Int {
            didSet { maximumBytes = Self.clampBytes(maximumBytes) }
        }

        /// Creates limits; values out of range are clamped.
        public init(maximumDepth: Int = 512, maximumBytes: Int = Int(UInt32.max)) {
            self.maximumDepth = Self.clampDepth(maximumDepth)
            self.maximumBytes = Self.clampBytes(maximumBytes)
        }

        private static func clampDepth(_ depth: Int) -> Int { min(max(depth, 0), 1024) }
        private static func clampBytes(_ bytes: Int) -> Int { min(max(bytes, 0), Int(UInt32.max)) }
    }
}
