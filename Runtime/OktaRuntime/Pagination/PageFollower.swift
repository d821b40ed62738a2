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
        let header = LinkHeader(fetched.response.headers.values(of: "Link")).target(of: "next")
        guard let link = header ?? fetched.linkInBody else { return nil }
        guard let target = LinkTarget(link) else {
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

/// The links of `Link` header fields (RFC 8288), one per field or several joined by commas.
struct LinkHeader {
    struct Link: Hashable {
        /// The text between the angle brackets.
        let target: String
        /// Relation types, in lower case.
        let relations: [String]
    }

    let links: [Link]

    init(_ values: [String]) {
        links = values.flatMap(Self.parse)
    }

    /// The first target of a relation type.
    func target(of relation: String) -> String? {
        links.first { $0.relations.contains(relation) }?.target
    }

    private static func parse(_ value: String) -> [Link] {
        var links: [Link] = []
        var rest = Substring(value)
        // Targets and quoted values may contain commas and semicolons, so the value is parsed from left to right.
        while let open = rest.firstIndex(of: "<") {
            let afterOpen = rest.index(after: open)
            guard let close = rest[afterOpen...].firstIndex(of: ">") else { break }
            let target = rest[afterOpen..<close].trimmingSpace()
            rest = rest[rest.index(after: close)...]
            links.append(Link(target: target, relations: takeRelations(from: &rest)))
        }
        return links
    }

    /// Consumes the parameters up to the comma that ends the link, and takes the first `rel`, as the RFC requires.
    private static func takeRelations(from rest: inout Substring) -> [String] {
        var relations: [String]?
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.first == ";" else { break }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "," && !$0.isWhitespace }
            rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let value = takeValue(from: &rest)
            if relations == nil, name.lowercased() == "rel" {
                relations = value.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
            }
        }
        return relations ?? []
    }

    private static func takeValue(from rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && $0 != "," && !$0.isWhitespace }
            rest = rest.dropFirst(token.count)
            // Some gateways quote like this. Read as a token, the list would end with this page.
            let isQuoted = token.count > 1 && token.first == "'" && token.last == "'"
            return String(isQuoted ? token.dropFirst().dropLast() : token)
        }
        return rest.takeQuotedString()
    }
}
