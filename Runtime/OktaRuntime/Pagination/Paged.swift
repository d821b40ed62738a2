/// A list of the org over all its pages: an asynchronous sequence of its elements.
///
/// ```swift
/// for try await user in okta.user.listUsers(search: "status eq \"ACTIVE\"") { … }
/// ```
///
/// The next page is fetched while the caller is in the second half of this one, and never more than one page ahead:
/// leaving the loop cancels what is under way and wastes at most that one request. Memory holds two pages at most. The
/// next page is the one that the answer's `Link` header names, always on the client's own host.
///
/// An element that is not of the list's type is left out rather than ending the list; ``Paged/Page/skippedCount`` of ``pages``
/// tells how many are. A page that has elements of which not one fits is an error, though: the type must be wrong.
public struct Paged<Element: JSONConvertible>: AsyncSequence, Sendable {
    /// What iterating throws.
    public typealias Failure = OktaError

    /// The type of the elements, under a name that the types inside do not have themselves.
    public typealias Item = Element

    let list: ListQuery

    init(client: OktaClient, request: OktaRequest, layout: ListLayout = .array) {
        list = ListQuery(client: client, request: request, layout: layout)
    }

    private init(list: ListQuery) {
        self.list = list
    }

    /// The same list page by page, with each page's cursor and full answer.
    public var pages: Pages {
        Paged.Pages(list: list)
    }

    /// The same list from a stored place on.
    ///
    /// - Parameter cursor: A page's ``Paged/Page/next`` of the same list; iterating throws ``OktaError/paging(_:)`` for that of
    ///   another one.
    public func resuming(at cursor: PageCursor) -> Paged {
        var list = list
        list.start = cursor
        return Paged(list: list)
    }

    /// The same list with prefetching on, as it is unless changed, or off: each page is then fetched only when it is asked
    /// for. Turn it off for loops that will likely be left early, and where every request counts.
    ///
    /// - Parameter isEnabled: Whether the next page is fetched while the caller works on this one.
    public func prefetching(_ isEnabled: Bool) -> Paged {
        var list = list
        list.isPrefetching = isEnabled
        return Paged(list: list)
    }

    /// The elements as an array, without those that are not of the list's type, which ``Paged/Page/skippedCount`` of ``pages``
    /// counts.
    ///
    /// - Parameter limit: The most elements to collect; `nil` for all. No page is fetched beyond it.
    /// - Returns: The elements of all pages up to the limit: after an error on the way there is no array.
    /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when a page has elements and not one of them fits.
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

    /// Begins at the first element, or at the cursor resumed at.
    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: Pages.Iterator(list: list, prefetchesEagerly: false))
    }

    /// Walks through the elements, fetching pages on the way.
    public struct Iterator: AsyncIteratorProtocol {
        private(set) var pages: Pages.Iterator
        private var items: [Element] = []
        private var position = 0

        init(pages: Pages.Iterator) {
            self.pages = pages
        }

        /// The next element that fits its type; `nil` after the last.
        ///
        /// - Throws: ``OktaError``; ``OktaError/decoding(_:)`` when a page has elements and not one of them fits.
        ///   Afterwards the sequence has ended.
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
            // Half a page is time enough for the next one. Never before the second element: who wants the first one
            // only, be it the only one of its page, wastes nothing.
            if position == Swift.max(1, items.count / 2) { pages.prefetch() }
            defer { position += 1 }
            return items[position]
        }
    }
}
