internal import HTTPTypes

/// The rules by which one page leads to the next.
///
/// The link's host is ignored, since orgs have been seen to answer with their admin host: path and query are taken, the
/// client's own origin stays. The path must be the list's own, since a server has been seen to lead to another list.
struct PageFollower: Sendable {
    private let path: String
    private let pathSegments: [String?]
    private var seen: Set<String>
    private var emptyPagesInARow = 0

    /// No list is known whose pages are empty a hundred times in a row and not for ever.
    static let maximumEmptyPages = 100

    init(request: OktaRequest) {
        path = request.pathOnly
        pathSegments = Self.segments(request.pathOnly)
        seen = [request.target]
    }

    /// Where a page leads: to a cursor, to the end (`nil`), or nowhere that may be followed.
    mutating func next(after headers: HTTPFields, isEmpty: Bool) throws(OktaError) -> PageCursor? {
        guard let link = LinkHeader(headers.values(of: "Link")).target(of: "next") else { return nil }
        guard let target = LinkTarget(link) else { throw .paging(PagingFailure(.malformedLink, path: path)) }
        guard Self.segments(target.path) == pathSegments else {
            throw .paging(PagingFailure(.otherPath(String(target.path)), path: path))
        }
        let cursor = PageCursor(target: target.pathAndQuery)
        guard seen.insert(cursor.target).inserted else { throw .paging(PagingFailure(.repeatedCursor, path: path)) }
        emptyPagesInARow = isEmpty ? emptyPagesInARow + 1 : 0
        guard emptyPagesInARow < Self.maximumEmptyPages else {
            throw .paging(PagingFailure(.onlyEmptyPages(emptyPagesInARow), path: path))
        }
        return cursor
    }

    /// The request for the page at a cursor: the list's own path, headers and origin, the cursor's query.
    mutating func request(_ request: OktaRequest, at cursor: PageCursor) throws(OktaError) -> OktaRequest {
        guard let target = LinkTarget(cursor.target), Self.segments(target.path) == pathSegments else {
            throw .paging(PagingFailure(.foreignCursor, path: path))
        }
        // For a resumed list: a link back to where it began is a repetition too.
        seen.insert(cursor.target)
        var next = request
        next.path = RequestPath(encoded: path, template: request.path.template, fault: request.path.fault)
        next.query = RequestQuery(encoded: target.query)
        return next
    }

    /// Decoded segments, so that two ways of encoding the same path are equal.
    private static func segments(_ path: some StringProtocol) -> [String?] {
        path.split(separator: "/", omittingEmptySubsequences: false).map { PercentEncoding.decode($0) }
    }
}
