/// Parses a document into a tape in one pass, without recursion and without an allocation per token.
///
/// While a container is open, the length field of its entry contains the tape index of the enclosing container, so that
/// no separate stack is needed. Closing a container replaces this index with the container's span.
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
    /// The index of the innermost open container. The root container is its own parent.
    private(set) var container = 0
    private(set) var depth = 0
    /// Whether a member's name has a kind other than `name` on the tape, because it has escapes or is very long.
    private(set) var hasUnusualNames = false

    init(
        _ input: UnsafePointer<UInt8>, count: Int, maximumDepth: Int,
        tape: UnsafeMutablePointer<TapeEntry>, capacity: Int, stops: UnsafeMutablePointer<UInt32>
    ) {
        self.input = input
        self.count = count
        self.maximumDepth = maximumDepth
        self.tape = tape
        self.capacity = capacity
        strings = JSONStringScanner(input, count: count, stops: stops)
    }

    /// Parses the whole document. On return, the tape is complete.
    mutating func parse() throws(JSONFault) {
        // A local copy stays in registers. `self` would be reloaded after each write to the tape.
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
            var members = PlainMembers.Reached.name
            if inObject {
                members = plainMembers(from: &position)
                if members == .name { position = try key(at: position) }
            }
            if members != .end {
                let byte = try token(at: &position)
                // Most values are strings, so they bypass the jump table of the switch.
                if byte == UInt8(ascii: "\"") {
                    position = try string(at: position)
                } else {
                    switch byte {
                    case UInt8(ascii: "{"), UInt8(ascii: "["):
                        inObject = byte == UInt8(ascii: "{")
                        try open(inObject ? .object : .array, at: position)
                        position &+= 1
                        // In ASCII, a closing bracket is its opening bracket plus two; an empty container is closed
                        // below.
                        if try token(at: &position) != byte &+ 2 { continue nextValue }
                    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                        position = try number(at: position)
                    case UInt8(ascii: "t"): position = try literal("true", .boolean, flag: true, at: position)
                    case UInt8(ascii: "f"): position = try literal("false", .boolean, at: position)
                    case UInt8(ascii: "n"): position = try literal("null", .null, at: position)
                    default: throw JSONFault(.expectedValue, at: position)
                    }
                }
            }

            // After a value: continue in its container, or close it and continue in the enclosing one.
            while depth > 0 {
                let byte = try token(at: &position)
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
            position = JSONWhitespace.end(input, from: position, count: count)
            guard position == count else { throw JSONFault(.trailingContent, at: position) }
            return
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

    /// Closes the innermost container. Returns true if the enclosing one is an object.
    @_transparent
    private mutating func close(at position: Int) throws(JSONFault) -> Bool {
        guard tapeCount < capacity else { throw JSONFault(.tooManyTokens, at: position) }
        container = TapeEntry.close(container, at: position, tape: tape, count: tapeCount)
        tapeCount &+= 1
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

    /// Moves the position to the next token and returns its first byte.
    @_transparent
    private func token(at position: inout Int) throws(JSONFault) -> UInt8 {
        // Most responses have no white space.
        if _fastPath(position < count) {
            let byte = input[position]
            if _fastPath(byte > 0x20) { return byte }
        }
        position = JSONWhitespace.end(input, from: position, count: count)
        guard position < count else { throw JSONFault(.unexpectedEnd, at: count) }
        return input[position]
    }

    /// Parses members with ``PlainMembers``, which handles the most common form.
    @_transparent
    private mutating func plainMembers(from position: inout Int) -> PlainMembers.Reached {
        var members = PlainMembers(
            position: position, stop: strings.next, tapeCount: tapeCount, container: container, depth: depth)
        let reached = members.parse(
            input, count: count, stops: strings.stops, tape: tape, capacity: capacity, maximumDepth: maximumDepth)
        position = members.position
        strings.next = members.stop
        tapeCount = members.tapeCount
        container = members.container
        depth = members.depth
        return reached
    }

    /// Parses a member name and its colon, and returns the position after the colon.
    @_transparent
    private mutating func key(at position: Int) throws(JSONFault) -> Int {
        var position = position
        guard try token(at: &position) == UInt8(ascii: "\"") else { throw JSONFault(.expectedKey, at: position) }
        let name = position &+ 1
        let span = try strings.scan(from: name)
        let length = span.end &- name
        if _slowPath(span.hasEscapes || length > TapeEntry.maximumNameLength) {
            hasUnusualNames = true
            try appendString(from: name, span)
        } else {
            let bytes = UnsafeBufferPointer(start: input + name, count: length)
            let hash = NameHash.of(NameHash.lastWord(of: bytes))
            try append(TapeEntry(nameAt: name, length: length, hash: hash, depth: depth), at: position)
        }
        position = span.end &+ 1
        guard try token(at: &position) == UInt8(ascii: ":") else { throw JSONFault(.expectedColon, at: position) }
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
    private mutating func number(at position: Int) throws(JSONFault) -> Int {
        let number = try JSONNumberScanner.scan(input, from: position, count: count)
        let length = number.end &- position
        guard length <= TapeEntry.maximumLength else { throw JSONFault(.tooManyTokens, at: position) }
        try append(
            TapeEntry(.number, offset: position, length: length, flag: number.hasFractionOrExponent), at: position)
        return number.end
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
    /// Two further limits are fixed: a string or number may be 256 MiB long, and a document may have 268 million
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

        /// Creates limits. Values out of range are clamped.
        ///
        /// - Parameters:
        ///   - maximumDepth: The maximum nesting depth. Defaults to 512.
        ///   - maximumBytes: The largest document, in bytes. Defaults to the maximum, 4,294,967,295.
        public init(maximumDepth: Int = 512, maximumBytes: Int = Int(UInt32.max)) {
            self.maximumDepth = Self.clampDepth(maximumDepth)
            self.maximumBytes = Self.clampBytes(maximumBytes)
        }

        private static func clampDepth(_ depth: Int) -> Int { min(max(depth, 0), 1024) }
        private static func clampBytes(_ bytes: Int) -> Int { min(max(bytes, 0), Int(UInt32.max)) }
    }
}
