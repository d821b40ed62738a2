/// The parameters of a list, shared by its sequence of elements, its sequence of pages, and its tail.
struct ListQuery: Sendable {
    let client: OktaClient
    let request: OktaRequest
    let layout: ListLayout
    var start: PageCursor?
    /// Whether the next page is fetched while the caller processes the current one.
    var isPrefetching = true

    /// Fetches one page and parses its body.
    func fetch(_ request: OktaRequest) async throws(OktaError) -> ListResponse {
        try ListResponse(await client.send(request), layout: layout)
    }
}

extension ListQuery: CustomStringConvertible, CustomReflectable {
    /// The path only, because the query may contain personal data.
    var description: String { "ListQuery(\(request.pathOnly))" }

    /// A mirror without children, so that `dump` of a list or a tail shows only the path.
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// The position of a list's elements in the body of a response.
enum ListLayout: Sendable, Hashable {
    /// The body is the array of elements.
    case array
    /// The body is an object with the array in this member.
    case member(String)
    /// The body is an array, or an object that contains a single array and its links.
    case detected
}

/// The parsed response of one page of a list.
struct ListResponse: Sendable {
    let response: OktaResponse
    let elements: [JSON]
    /// The whole body.
    let body: JSON
    /// The link to the next page in the body, because lists that are wrapped in an object may have no `Link` header.
    let linkInBody: NextLink

    /// Finds the elements.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` if the list is not at the position of the layout. The result is never an
    ///   empty list instead.
    init(_ response: OktaResponse, layout: ListLayout) throws(OktaError) {
        let body = try response.json()
        self.response = response
        self.body = body
        if layout == .array || (layout == .detected && body.kind == .array) {
            guard let elements = body.elements else {
                throw .decoding(response.failure("expected an array, found \(body.kind)"))
            }
            self.elements = elements
            linkInBody = .absent
            return
        }
        guard let members = body.members else {
            throw .decoding(response.failure("expected a list, found \(body.kind)"))
        }
        if case .member(let key) = layout {
            guard let elements = body[key]?.elements else {
                let found = body[key].map { "found \($0.kind) there" } ?? "which is missing"
                throw .decoding(response.failure("expected an array in the member \"\(key)\", \(found)"))
            }
            self.elements = elements
        } else {
            // An object with other members is a single object that contains a list, not a list.
            let rest = members.filter { $0.key != Self.linksKey }
            guard rest.count == 1, let elements = rest.first?.value.elements else {
                var failure = response.failure("expected a list, found an object with other members")
                failure.remedy = "Name the member that has the list with itemsKey."
                throw .decoding(failure)
            }
            self.elements = elements
        }
        linkInBody = Self.nextLink(in: body[Self.linksKey])
    }

    private static let linksKey = "_links"

    /// Returns the `href` of `next`, which is an object or an array with one object. Null and an empty array count as
    /// no link.
    private static func nextLink(in links: JSON?) -> NextLink {
        guard let next = links?["next"], next.kind != .null, next.elements?.isEmpty != true else { return .absent }
        let href = next["href"] ?? next[0]?["href"]
        if let target = href?.string { return .target(target) }
        return href?.kind == .null ? .absent : .unreadable
    }
}
