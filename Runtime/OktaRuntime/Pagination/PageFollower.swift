internal import HTTPTypes

/// The rules for following the link from one page to the next.
///
/// The link's host is ignored, because orgs have been seen to use their admin host: path and query are taken, and the
/// client's origin is kept. The path must be the list's own, because a server has been seen to link to another list.
struct PageFollower: Sendable {
    private let path: String
    private let pathSegments: [String?]
    /// Hashes of the cursors that were read: a few bytes per page, regardless of the length of its link. Hashes differ
    /// between processes, and a collision among a million cursors occurs less than once in ten million lists.
    private(set) var seen: Set<Int>
    /// The page being read; `nil` for the list's first one.
    private var place: PageCursor?
    private var emptyPagesInARow = 0

    /// No known list has a hundred consecutive empty pages unless it has them without end.
    static let maximumEmptyPages = 100

    init(request: OktaRequest) {
        path = request.pathOnly
        pathSegments = Self.segments(request.pathOnly)
        seen = [request.target.hashValue]
    }

    /// The next cursor; `nil` at the end. Throws for a link that must not be followed.
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

    /// Validates a response's link: a page of this list, or none (`nil`).
    ///
    /// - Parameter place: The cursor of the response's page, for the error.
    func cursor(in fetched: ListResponse, at place: PageCursor?) throws(OktaError) -> PageCursor? {
        let links = [LinkHeader(fetched.response.headers.values(of: "Link")).next, fetched.linkInBody]
        // A page that names a next one must not look like the last one, even if the link cannot be read.
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

    /// The request for the page at a cursor: the list's path, headers and origin, with the cursor's query.
    func request(_ request: OktaRequest, at cursor: PageCursor) throws(OktaError) -> OktaRequest {
        guard let target = LinkTarget(cursor.target), Self.segments(target.path) == pathSegments else {
            throw .paging(.init(.foreignCursor, path: path))
        }
        var next = request
        next.path = RequestPath(encoded: path, template: request.path.template, fault: request.path.fault)
        next.query = RequestQuery(encoded: target.query)
        return next
    }

    /// Decoded segments, so that different encodings of one path are equal.
    private static func segments(_ path: some StringProtocol) -> [String?] {
        path.split(separator: "/", omittingEmptySubsequences: false).map { PercentEncoding.decode($0) }
    }
}
