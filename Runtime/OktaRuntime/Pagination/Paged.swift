/// A list of the org over all its pages: an asynchronous sequence of its elements.
///
/// ```swift
/// for try await user in okta.user.listUsers(search: "status eq \"ACTIVE\"") { … }
/// ```
///
/// Pages are fetched as the iteration reaches them, one at a time; leaving the loop fetches no more. An element that is
/// not of the list's type is left out rather than ending the list. The next page is the one that the answer's `Link`
/// header names, always on the client's own host.
public struct Paged<Element: JSONConvertible>: AsyncSequence, Sendable {
    /// What iterating throws.
    public typealias Failure = OktaError

    private let client: OktaClient
    private let request: OktaRequest
    private let start: PageCursor?

    init(client: OktaClient, request: OktaRequest, start: PageCursor? = nil) {
        self.client = client
        self.request = request
        self.start = start
    }

    /// The same list page by page, with each page's cursor and full answer.
    public var pages: PageSequence<Element> {
        PageSequence(client: client, request: request, start: start)
    }

    /// The same list from a stored place on.
    ///
    /// - Parameter cursor: A page's ``Page/next`` of the same list; iterating throws ``OktaError/paging(_:)`` for that of
    ///   another one.
    public func resuming(at cursor: PageCursor) -> Paged {
        Paged(client: client, request: request, start: cursor)
    }

    /// The elements as an array.
    ///
    /// - Parameter limit: The most elements to collect; `nil` for all. No page is fetched beyond it.
    /// - Throws: ``OktaError``; never a partial array.
    public func collect(upTo limit: Int? = nil) async throws(OktaError) -> [Element] {
        var collected: [Element] = []
        if let limit, limit <= 0 { return [] }
        var iterator = pages.makeAsyncIterator()
        while let page = try await iterator.next() {
            collected += page.items
            if let limit, collected.count >= limit { return Array(collected.prefix(limit)) }
        }
        return collected
    }

    /// Begins at the first element, or at the cursor resumed at.
    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: pages.makeAsyncIterator())
    }

    /// Walks through the elements, fetching pages on the way.
    public struct Iterator: AsyncIteratorProtocol {
        private var pages: PageSequence<Element>.Iterator
        private var items: [Element] = []
        private var position = 0

        init(pages: PageSequence<Element>.Iterator) {
            self.pages = pages
        }

        /// The next element; `nil` after the last.
        ///
        /// - Throws: ``OktaError``; afterwards the sequence has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(OktaError) -> Element? {
            while position == items.count {
                guard let page = try await pages.next() else { return nil }
                items = page.items
                position = 0
            }
            defer { position += 1 }
            return items[position]
        }
    }
}
