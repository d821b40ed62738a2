/// Why a list cannot be followed any further. The pages delivered before it are good.
public struct PagingFailure: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with the next page.
    public var reason: Reason

    /// The path of the list, without its query.
    public var path: String

    /// Where to go on later, with ``Paged/resuming(at:)``: after ``Reason/onlyEmptyPages(_:)`` the page that was not
    /// read any more, otherwise the page whose link is at fault, which then comes again. `nil` when that is the list's
    /// first page, and for a cursor of another list.
    public var cursor: PageCursor?

    /// The rules that a next page can break.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Reason: Sendable, Hashable {
        /// The server's link leads to another path than the list's: following it would list something else.
        case otherPath(String)
        /// The server's link leads to a page that was delivered before: following it would never end.
        case repeatedCursor
        /// So many pages in a row were empty, though each led to another one.
        case onlyEmptyPages(Int)
        /// The server's link is not a URL.
        case malformedLink
        /// The server's answer has no link to a next page, though the list was to be followed for ever.
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

    /// What is wrong, and what to do next.
    public var description: String {
        switch reason {
        case .otherPath(let other):
            "\(path): the link to the next page leads to \(other), which is another list; read that list by itself if needed"
        case .repeatedCursor:
            "\(path): the link to the next page leads back to one already read, so the list would never end; \(remedy)"
        case .onlyEmptyPages(let count):
            "\(path): \(count) pages in a row were empty; resume later at the cursor of this failure, or follow the list with tail()"
        case .malformedLink:
            "\(path): the link to the next page cannot be read; \(remedy)"
        case .noNextPage:
            "\(path): the answer leads to no next page, so there is no place to wait at; follow a list in ascending order without an end, such as the System Log without until"
        case .foreignCursor:
            "\(path): the stored cursor belongs to another list; start without it"
        }
    }

    /// What to do about a link that is the server's fault.
    private var remedy: String {
        (cursor == nil ? "list it again later" : "resume later at the cursor of this failure")
            + ", and tell Okta's support if that fails again"
    }
}
