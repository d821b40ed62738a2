internal import HTTPTypes

/// The rules for following the link from one page to the next.
///
/// Only the link's path and query are used, with the client's origin, because some orgs link to their admin host. The
/// path must be that of the list, because a server has linked to another list.
struct PageFollower: Sendable {
    private let path: String
    private let pathSegments: [String?]
    /// The hashes of the cursors read so far, which take a few bytes per page, regardless of the length of its link.
    /// Hashes differ between processes, and a collision among a million cursors occurs less than once in ten million
    /// lists.
    private(set) var seen: Set<Int>
    /// The page being read; `nil` for the list's first one.
    private var place: PageCursor?
    private var emptyPagesInARow = 0

    /// The maximum number of consecutive empty pages. No known list exceeds it unless its empty pages never end.
    static let maximumEmptyPages = 100

    init(request: OktaRequest) {
        path = request.pathOnly
        pathSegments = Self.segments(request.pathOnly)
        seen = [request.target.hashValue]
    }

    /// Returns the next cursor; `nil` at the end. Throws for a link that must not be followed.
    mutating func next(after fetched: ListResponse) throws(OktaError) -> PageCursor? {
        guard let cursor = try cursor(in: fetched, at: place) else { return nil }
        guard seen.insert(cursor.target.hashValue).inserted else {
            throw .paging(.init(.repeatedCursor, path: path, cursor: place))
        }
        emptyPagesInARow = fetched.elements.isEmpty ? emptyPagesInARow + 1 : 0
        guard emptyPagesInARow < Self.maximumEmptyPages else {
            throw .paging(.init(.onlyEmptyPages(emptyPagesInARow), path: path, cursor: cursor))
        }
        return cursor
    }

    /// Advances to the page at a cursor, and records it.
    ///
    /// - Returns: The request for the page.
    mutating func follow(_ cursor: PageCursor, of request: OktaRequest) throws(OktaError) -> OktaRequest {
        let next = try self.request(request, at: cursor)
        // For a resumed list, a link back to its start is a repeated cursor too.
        seen.insert(cursor.target.hashValue)
        place = cursor
        return next
    }

    /// Validates a response's link and returns its cursor; `nil` if there is no link. Throws if it is not a page of
    /// this list.
    ///
    /// - Parameter place: The cursor of the response's page, for the error.
    func cursor(in fetched: ListResponse, at place: PageCursor?) throws(OktaError) -> PageCursor? {
        let links = [LinkHeader(fetched.response.headers.values(of: "Link")).next, fetched.linkInBody]
        // A page with an unreadable link to a next page must not be treated as the last one.
        let readable = links.first { $0.target != nil }
        guard let link = readable ?? links.first(where: { $0 != .absent }) else { return nil }
        guard let target = link.target.flatMap(LinkTarget.init) else {
            throw .paging(.init(.malformedLink, path: path, cursor: place))
        }
        guard Self.segments(target.path) == pathSegments else {
            throw .paging(
                .init(.otherPath(ForeignText.shown(String(target.path))), path: path, cursor: place))
        }
        return PageCursor(target: target.pathAndQuery)
    }

    /// Returns the request for the page at a cursor, with the list's path, header fields and origin and the cursor's
    /// query.
    func request(_ request: OktaRequest, at cursor: PageCursor) throws(OktaError) -> OktaRequest {
        guard let target = LinkTarget(cursor.target), Self.segments(target.path) == pathSegments else {
            throw .paging(.init(.foreignCursor, path: path))
        }
        var next = request
        next.path = RequestPath(encoded: path, template: request.path.template, fault: request.path.fault)
        next.query = RequestQuery(encoded: target.query)
        return next
    }

    /// Returns the decoded segments, so that different encodings of one path are equal.
    private static func segments(_ path: some StringProtocol) -> [String?] {
        path.split(separator: "/", omittingEmptySubsequences: false).map { PercentEncoding.decode($0) }
    }
}
