extension JSON {
    /// The reason and location of invalid JSON. It includes no content of the document except the member names on the
    /// path.
    public struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The violated rule.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Reason: Sendable, Hashable {
            /// The document ends inside a value, or is empty.
            case unexpectedEnd
            /// A byte order mark precedes the document.
            case byteOrderMark
            /// A value is missing; something else was found.
            case expectedValue
            /// A quoted member name is missing; something else was found.
            case expectedKey
            /// No colon follows a member name.
            case expectedColon
            /// Neither a comma nor the matching closing bracket follows a value.
            case expectedCommaOrEnd
            /// Content follows the document's single value.
            case trailingContent
            /// A word begins like `true`, `false` or `null` but is not one of them.
            case invalidLiteral
            /// A number violates JSON's grammar.
            case invalidNumber
            /// A backslash in a string does not begin a valid escape.
            case invalidEscape
            /// A string contains an unescaped control character (below U+0020).
            case controlCharacter
            /// A string is not valid UTF-8.
            case invalidUTF8
            /// Containers nest deeper than the limit.
            case tooDeep(limit: Int)
            /// The document has more bytes than the limit.
            case tooLarge(limit: Int)
            /// A string or number is longer than 256 MiB, or the document has more than 268 million tokens.
            case tooManyTokens
        }

        /// The violated rule.
        public let reason: Reason
        /// The offset of the offending byte from the document's start; the document's length if it ended too early.
        public let offset: Int
        /// The path of the value being parsed at the error.
        public let path: JSON.Path

        /// Creates an error.
        public init(reason: Reason, offset: Int, path: JSON.Path = JSON.Path()) {
            self.reason = reason
            self.offset = offset
            self.path = path
        }

        /// For example, `invalid JSON at byte 17 ($.items[3].name): a string is not valid UTF-8`.
        public var description: String {
            "invalid JSON at byte \(offset) (\(path)): \(reason.sentence)"
        }
    }
}

extension JSON.ParseError.Reason {
    fileprivate var sentence: String {
        switch self {
        case .unexpectedEnd: "the document ends too early"
        case .byteOrderMark: "a byte order mark precedes the document"
        case .expectedValue: "expected a value"
        case .expectedKey: "expected a quoted member name"
        case .expectedColon: "expected ':' after a member name"
        case .expectedCommaOrEnd: "expected ',' or the closing bracket"
        case .trailingContent: "content follows the document's value"
        case .invalidLiteral: "expected true, false or null"
        case .invalidNumber: "a number violates JSON's grammar"
        case .invalidEscape: "a backslash does not begin a valid escape"
        case .controlCharacter: "a string contains an unescaped control character"
        case .invalidUTF8: "a string is not valid UTF-8"
        case .tooDeep(let limit): "containers nest deeper than \(limit) levels"
        case .tooLarge(let limit): "the document is larger than \(limit) bytes"
        case .tooManyTokens: "a token or the number of tokens exceeds the parser's limit"
        }
    }
}

/// The parser's error, before its path is known.
struct JSONFault: Error {
    var reason: JSON.ParseError.Reason
    var offset: Int

    init(_ reason: JSON.ParseError.Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

/// Finds the value that the parser was reading when it stopped. It has no cost unless an error occurs.
struct JSONFaultPath {
    let path: JSON.Path

    /// `tape` is the parser's, incomplete: open containers still refer to their parents.
    init(_ parser: JSONParser, tape: UnsafePointer<TapeEntry>, input: UnsafeBufferPointer<UInt8>) {
        var open: [Int] = []
        var container = parser.container
        for _ in 0..<parser.depth {
            open.append(container)
            container = tape[container].entries
        }
        open.reverse()
        var steps: [JSON.Path.Step] = []
        for (level, container) in open.enumerated() {
            let child = level + 1 < open.count ? open[level + 1] : parser.tapeCount
            if tape[container].has(.array) {
                steps.append(.index(Self.position(of: child, inArrayAt: container, tape)))
            } else if let key = Self.key(of: child, inObjectAt: container, tape) {
                let content = UnsafeBufferPointer(rebasing: input[key.offset..<key.offset + key.length])
                steps.append(.key(JSONEscape.unescape(content)))
            }
        }
        path = JSON.Path(steps)
    }

    private static func position(of child: Int, inArrayAt container: Int, _ tape: UnsafePointer<TapeEntry>) -> Int {
        var cursor = container + 1
        var position = 0
        while cursor < child {
            cursor += tape[cursor].span
            position += 1
        }
        return position
    }

    /// Returns the name whose value begins, or would begin, at `child`; `nil` between members.
    private static func key(of child: Int, inObjectAt container: Int, _ tape: UnsafePointer<TapeEntry>) -> TapeEntry? {
        var cursor = container + 1
        while cursor < child {
            if cursor + 1 == child { return tape[cursor] }
            cursor += 1 + tape[cursor + 1].span
        }
        return nil
    }
}

extension JSON {
    /// The location of a value inside a document, for messages: `$.items[3].name`.
    ///
    /// A path contains member names and positions, but no values.
    public struct Path: Sendable, Hashable, CustomStringConvertible {
        /// One step into a container.
        public enum Step: Sendable, Hashable {
            /// Into the member with this name.
            case key(String)
            /// Into the element at this position, counted from 0.
            case index(Int)
        }

        /// The steps from the document's root; empty for the root itself.
        public var steps: [Step]

        /// Creates a path.
        public init(_ steps: [Step] = []) {
            self.steps = steps
        }

        /// This path with one more step.
        public func appending(_ step: Step) -> JSON.Path {
            JSON.Path(steps + [step])
        }

        /// The path in JSONPath notation. Long names and long paths are shortened with `…`, and unusual names are
        /// quoted, so that a malicious document cannot flood or forge a log line.
        public var description: String {
            var text = "$"
            for step in steps.prefix(Self.shownSteps) {
                switch step {
                case .index(let index): text += "[\(index)]"
                case .key(let key) where Self.isPlain(key): text += ".\(key)"
                case .key(let key): text += "[\(Self.quoted(key))]"
                }
            }
            if steps.count > Self.shownSteps { text += "…" }
            return text
        }

        private static let shownSteps = 24
        private static let shownScalars = 64

        private static func isPlain(_ key: String) -> Bool {
            guard let first = key.utf8.first, key.utf8.count <= shownScalars, !isDigit(first) else { return false }
            return key.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") }
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        private static func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }

        private static func quoted(_ key: String) -> String {
            var text = "\""
            for scalar in key.unicodeScalars.prefix(shownScalars) {
                text += scalar.escaped(asASCII: true)
            }
            return text + (key.unicodeScalars.count > shownScalars ? "…\"" : "\"")
        }
    }
}
