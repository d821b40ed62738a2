public import HTTPTypes

/// A list of the org, as an asynchronous sequence of the elements of all pages.
///
/// ```swift
/// for try await user in okta.user.listUsers(search: "status eq \"ACTIVE\"") { … }
/// ```
///
/// The next page is fetched while the caller processes the second half of the current one, and never more than one page
/// ahead. Leaving the loop cancels the fetch, so that at most one request is wasted. At most two pages are in memory.
/// The `Link` header of the response names the next page, which is always requested from the client's own host.
///
/// Elements that do not have the list's type are skipped; ``Paged/Page/skippedCount`` of ``pages`` counts them. If no
/// element of a page can be decoded, the sequence throws, because the type must be wrong.
public struct Paged<Element: JSONConvertible>: AsyncSequence, Sendable {
    /// The error that iterating throws.
    public typealias Failure = OktaError

    /// The type of the elements, under a name that the nested types do not shadow.
    public typealias Item = Element

    let list: ListQuery

    init(client: OktaClient, request: OktaRequest, layout: ListLayout = .array) {
        list = ListQuery(client: client, request: request, layout: layout)
    }

    private init(list: ListQuery) {
        self.list = list
    }

    /// The same list page by page, with each page's cursor and full response.
    public var pages: Pages {
        Paged.Pages(list: list)
    }

    /// Returns the same list, resumed at a stored cursor.
    ///
    /// - Parameter cursor: The ``Paged/Page/next`` of a page of the same list. Iterating throws
    ///   ``OktaError/paging(_:)`` for a cursor of another list.
    public func resuming(at cursor: PageCursor) -> Paged {
        var list = list
        list.start = cursor
        return Paged(list: list)
    }

    /// Returns the same list with prefetching on, which is the default, or off. Without prefetching, a page is fetched
    /// only when it is requested. Turn it off for loops that are likely to end early, or when every request counts.
    ///
    /// - Parameter isEnabled: Whether the next page is fetched while the caller processes the current one.
    public func prefetching(_ isEnabled: Bool) -> Paged {
        var list = list
        list.isPrefetching = isEnabled
        return Paged(list: list)
    }

    /// Collects the elements in an array. Elements that do not have the list's type are skipped;
    /// ``Paged/Page/skippedCount`` of ``pages`` counts them.
    ///
    /// - Parameter limit: The maximum number of elements; `nil` for all. No page beyond it is fetched.
    /// - Returns: The elements of all pages up to the limit. After an error, there is no partial result.
    /// - Throws: ``OktaError``. ``OktaError/decoding(_:)`` if a page has elements but none of them has the type.
    public func collect(upTo limit: Int? = nil) async throws(OktaError) -> [Element] {
        var collected: [Element] = []
        if let limit, limit <= 0 { return [] }
        var iterator = Pages.Iterator(list: list, prefetchesEagerly: limit == nil)
        while let page = try await iterator.next() {
            collected += try page.decodedItems()
            if let limit, collected.count >= limit { return Array(collected.prefix(limit)) }
        }
        return collected
    }

    /// Creates an iterator that begins at the first element, or at the cursor to resume at.
    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: Pages.Iterator(list: list, prefetchesEagerly: false))
    }

    /// Iterates over the elements and fetches pages as needed.
    public struct Iterator: AsyncIteratorProtocol {
        private(set) var pages: Pages.Iterator
        private var items: [Element] = []
        private var position = 0

        init(pages: Pages.Iterator) {
            self.pages = pages
        }

        /// Returns the next element that has the type; `nil` after the last.
        ///
        /// - Throws: ``OktaError``. ``OktaError/decoding(_:)`` if a page has elements but none of them has the type.
        ///   The sequence ends after an error.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(OktaError) -> Element? {
            while position == items.count {
                guard let page = try await pages.next() else { return nil }
                do {
                    items = try page.decodedItems()
                } catch {
                    pages.end()
                    throw error
                }
                position = 0
            }
            // Half a page leaves enough time to fetch the next one. The fetch never begins before the second element is
            // requested, so that a caller that needs only the first one wastes no request.
            if position == Swift.max(1, items.count / 2) { pages.prefetch() }
            defer { position += 1 }
            return items[position]
        }
    }
}

extension Paged {
    /// One page of a list.
    public struct Page: Sendable {
        /// The elements, without those that do not have the element type.
        public let items: [Element]

        /// The number of skipped elements, which do not have the element type. ``response`` contains them.
        public let skippedCount: Int

        /// The cursor of the next page; `nil` on the last page, and if the link to the next page is invalid. In the
        /// latter case, requesting the next page throws.
        public let next: PageCursor?

        /// The complete body: the array, or the object around it. Use a model of that object to read its other members,
        /// such as a count: `EntitlementsList(json: page.body).metadata`.
        public let body: JSON

        /// The full response.
        public let response: OktaResponse

        init(_ fetched: ListResponse, next: PageCursor?) {
            items = fetched.elements.compactMap { Element(lenient: $0) }
            skippedCount = fetched.elements.count - items.count
            self.next = next
            body = fetched.body
            response = fetched.response
        }

        /// Returns the elements, for callers that use nothing else of the page.
        ///
        /// - Throws: ``OktaError/decoding(_:)`` if there are elements but none of them has the type, because an empty
        ///   list would hide that the type is wrong.
        func decodedItems() throws(OktaError) -> [Element] {
            guard items.isEmpty, skippedCount > 0 else { return items }
            let reason =
                "expected elements of type \(Element.jsonTypeName), but none of the page's \(skippedCount) has it; "
                + "use `pages` instead, whose responses have the raw JSON"
            throw .decoding(response.failure(reason))
        }
    }
}

extension OktaClient {
    /// Pages through any list of the org.
    ///
    /// Supports both list formats of the API: an array with a `Link: rel="next"` header, and an object with the array
    /// and `_links.next`.
    ///
    /// - Parameters:
    ///   - path: The path as a literal that begins with `/`. It may end with a query.
    ///   - query: Names and values, sent in sorted order.
    ///   - headers: Header fields of each call.
    ///   - itemsKey: The member that contains the array if the list is wrapped in an object. Needed only if the object
    ///     has members other than the array and `_links`.
    /// - Returns: The list. No request is sent until it is iterated.
    public func pages(
        _ path: RequestPath,
        query: [String: String] = [:],
        headers: HTTPFields = [:],
        itemsKey: String? = nil
    ) -> Paged<JSON> {
        Paged(
            client: self,
            request: OktaRequest(.get, path, query: RequestQuery(query), headers: RequestHeaders(headers)),
            layout: itemsKey.map { .member($0) } ?? .detected
        )
    }
}
