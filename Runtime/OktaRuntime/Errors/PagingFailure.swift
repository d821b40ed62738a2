extension OktaError {
    /// The reason that the next page of a list cannot be requested. The pages delivered before are valid.
    public struct PagingFailure: Sendable, Hashable, CustomStringConvertible {
        /// The problem with the next page.
        public var reason: Reason

        /// The path of the list, without its query.
        public var path: String

        /// The cursor to continue at later, with ``Paged/resuming(at:)``. After ``Reason/onlyEmptyPages(_:)``, it
        /// refers to the first unread page. Otherwise, it refers to the page with the invalid link, which is then
        /// delivered again. `nil` if that is the list's first page, and for a cursor of another list.
        public var cursor: PageCursor?

        /// The problems with a link to the next page.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Reason: Sendable, Hashable {
            /// The server's link has a path other than the list's, so it belongs to another list.
            case otherPath(String)
            /// The server's link refers to a page that was already delivered, so following it would loop.
            case repeatedCursor
            /// The given number of consecutive pages were empty, although each linked to a next one.
            case onlyEmptyPages(Int)
            /// The server's link is not a URL, or cannot be parsed.
            case malformedLink
            /// The response has no link to a next page, which a tail requires.
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
