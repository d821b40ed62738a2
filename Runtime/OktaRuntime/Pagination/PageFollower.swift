internal import HTTPTypes

/// The rules by which one page leads to the next.
///
/// The link's host is ignored, since orgs have been seen to answer with their admin host: path and query are taken, the
/// client's own origin stays. The path must be the list's own, since a server has been seen to lead to another list.
struct PageFollower: Sendable {
    private let path: String
    private let pathSegments: [String?]
    /// Hashes of the places that were read: a few bytes a page, whatever the length of its link. Each process hashes in
    /// its own way, and two of a million places collide less often than once in ten million lists.
    private(set) var seen: Set<Int>
    /// The page that is read; `nil` for the list's first one.
    private var place: PageCursor?
    private var emptyPagesInARow = 0

    /// No list is known whose pages are empty a hundred times in a row and not for ever.
    static let maximumEmptyPages = 100

    init(request: OktaRequest) {
        path = request.pathOnly
        pathSegments = Self.segments(request.pathOnly)
        seen = [request.target.hashValue]
    }

    /// Where the page that is read leads: to a cursor, to the end (`nil`), or nowhere that may be followed.
    mutating func next(after answer: ListResponse) throws(OktaError) -> PageCursor? {
        guard let cursor = try cursor(in: answer, at: place) else { return nil }
        guard seen.insert(cursor.target.hashValue).inserted else {
            throw .paging(PagingFailure(.repeatedCursor, path: path, cursor: place))
        }
        emptyPagesInARow = answer.elements.isEmpty ? emptyPagesInARow + 1 : 0
        guard emptyPagesInARow < Self.maximumEmptyPages else {
            throw .paging(PagingFailure(.onlyEmptyPages(emptyPagesInARow), path: path, cursor: cursor))
        }
        return cursor
    }

    /// Goes on to the page at a cursor, and remembers that.
    ///
    /// - Returns: The request for it.
    mutating func follow(_ cursor: PageCursor, of request: OktaRequest) throws(OktaError) -> OktaRequest {
        let next = try self.request(request, at: cursor)
        // For a resumed list: a link back to where it began is a repetition too.
        seen.insert(cursor.target.hashValue)
        place = cursor
        return next
    }

    /// Where an answer's link leads, checked by itself: to a page of this list, or to none (`nil`).
    ///
    /// - Parameter place: Where the answer's own page begins, for the error.
    func cursor(in answer: ListResponse, at place: PageCursor?) throws(OktaError) -> PageCursor? {
        let header = LinkHeader(answer.response.headers.values(of: "Link")).target(of: "next")
        guard let link = header ?? answer.linkInBody else { return nil }
        guard let target = LinkTarget(link) else {
            throw .paging(PagingFailure(.malformedLink, path: path, cursor: place))
        }
        guard Self.segments(target.path) == pathSegments else {
            throw .paging(PagingFailure(.otherPath(ForeignText.shown(String(target.path))), path: path, cursor: place))
        }
        return PageCursor(target: target.pathAndQuery)
    }

    /// The request for the page at a cursor: the list's own path, headers and origin, the cursor's query.
    func request(_ request: OktaRequest, at cursor: PageCursor) throws(OktaError) -> OktaRequest {
        guard let target = LinkTarget(cursor.target), Self.segments(target.path) == pathSegments else {
            throw .paging(PagingFailure(.foreignCursor, path: path))
        }
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
