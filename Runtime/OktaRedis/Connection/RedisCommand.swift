#if Redis
/// A command, with its kind, which determines the text of errors.
struct RedisCommand: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// A command that contains a password.
        case signIn
        case script
        case other
    }

    var kind = Kind.other
    var words: [String]

    init(_ words: [String], kind: Kind = .other) {
        self.words = words
        self.kind = kind
    }

    /// Appends the command in the Redis protocol, as an array of strings.
    func append(to bytes: inout [UInt8]) {
        Self.append(UInt8(ascii: "*"), words.count, to: &bytes)
        for word in words {
            Self.append(UInt8(ascii: "$"), word.utf8.count, to: &bytes)
            bytes.append(contentsOf: word.utf8)
            bytes.append(contentsOf: Self.end)
        }
    }

    private static func append(_ mark: UInt8, _ count: Int, to bytes: inout [UInt8]) {
        bytes.append(mark)
        bytes.append(contentsOf: String(count).utf8)
        bytes.append(contentsOf: end)
    }

    private static let end: [UInt8] = [13, 10]
}

/// The reply of a server to a command.
enum RedisReply: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case list([RedisReply])
    case null
    /// The command failed. The connection remains usable.
    case error(String)
}
#endif
