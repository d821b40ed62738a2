/// The position of a page in a list, which can be stored to resume later.
///
/// A cursor is opaque. It contains the path and query of the server's link to the page, but no host and no credentials.
/// It is valid only for the same list, for as long as the server accepts it.
public struct PageCursor: Sendable, Hashable, Codable {
    /// The path and query.
    let target: String

    init(target: String) {
        self.target = target
    }

    /// Reads a stored cursor, a single string.
    public init(from decoder: any Decoder) throws {
        target = try decoder.singleValueContainer().decode(String.self)
    }

    /// Stores the cursor as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(target)
    }
}

extension PageCursor: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The path only, because the query may contain personal data.
    public var description: String { "PageCursor(\(ForeignText.shown(String(target.prefix { $0 != "?" }))))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
