extension OktaError {
    /// Why a list cannot be followed any further. The pages delivered before it are valid.
    public struct PagingFailure: Sendable, Hashable, CustomStringConvertible {
        /// The problem with the next page.
        public var reason: Reason

        /// The path of the list, without its query.
        public var path: String

        /// Where to continue later with ``Paged/resuming(at:)``. After ``Reason/onlyEmptyPages(_:)`` it is the first
        /// unread page; otherwise it is the page whose link is invalid, which will be delivered a second time. `nil`
        /// when that is the list's first page, and for a cursor of another list.
        public var cursor: PageCursor?

        /// The rules that a next page can violate.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Reason: Sendable, Hashable {
            /// The server's link leads to a path other than the list's, and so to another list.
            case otherPath(String)
            /// The server's link leads to a page that was already delivered, so following it would never end.
            case repeatedCursor
            /// This many consecutive pages were empty, though each linked to another one.
            case onlyEmptyPages(Int)
            /// The server's link is not a URL, or the response names a next page without a link that can be read.
            case malformedLink
            /// The response has no link to a next page, although the list was to be followed without end.
            case noNextPage
            /// The stored cursor belongs to another list.
            case foreignCursor
        }

        /// Creates a failure.
        public init(_ reason: Reason, path: String, cursor: PageCursor? = nil) {
            self.reason = reason
            self.path = path
            self.cursor = cursor
        }

        /// The problem, and what to do next.
        public var description: String {
            switch reason {
            case .otherPath: "\(event); read that list by itself if needed"
            case .repeatedCursor, .malformedLink: "\(event); \(remedy)"
            case .onlyEmptyPages: "\(event); resume later at the cursor of this failure, or follow the list with tail()"
            case .noNextPage:
                "\(event); follow a list in ascending order without an end, such as the System Log without until"
            case .foreignCursor: "\(event); start without it"
            }
        }

        /// The problem.
        package var event: String {
            switch reason {
            case .otherPath(let other): "\(path): the link to the next page leads to \(other), which is another list"
            case .repeatedCursor:
                "\(path): the link to the next page leads back to one already read, so the list would never end"
            case .onlyEmptyPages(let count): "\(path): \(count) consecutive pages were empty"
            case .malformedLink: "\(path): the link to the next page is invalid"
            case .noNextPage: "\(path): the response has no link to a next page to poll"
            case .foreignCursor: "\(path): the stored cursor belongs to another list"
            }
        }

        /// The advice for an invalid link from the server.
        private var remedy: String {
            (cursor == nil ? "list it again later" : "resume later at the cursor of this failure")
                + ", and contact Okta's support if that fails again"
        }
    }
}

/// The position of a page in a list, to be stored and resumed later.
///
/// Opaque: path and query of the server's link to the page. It holds no host and no credential, and is valid only for
/// the same list. The server decides how long it stays valid.
public struct PageCursor: Sendable, Hashable, Codable {
    /// Path and query.
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
    /// The path only; the query may hold a search for personal data.
    public var description: String { "PageCursor(\(ForeignText.shown(String(target.prefix { $0 != "?" }))))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
