/// Why bytes are not valid JSON, and where. Includes nothing of the document except the member names on the path.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
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
    /// The offset of the offending byte from the document's start; the document's length when it ended too early.
    public let offset: Int
    /// The path of the value being parsed at the error.
    public let path: JSONPath

    /// Creates an error.
    public init(reason: Reason, offset: Int, path: JSONPath = JSONPath()) {
        self.reason = reason
        self.offset = offset
        self.path = path
    }

    /// For example, `invalid JSON at byte 17 ($.items[3].name): a string is not valid UTF-8`.
    public var description: String {
        "invalid JSON at byte \(offset) (\(path)): \(reason.sentence)"
    }
}

extension JSONError.Reason {
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
