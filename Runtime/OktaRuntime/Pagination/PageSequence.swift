/// The pages of a list, fetched one by one as they are asked for.
public struct PageSequence<Item: JSONConvertible>: AsyncSequence, Sendable {
    /// What iterating throws.
    public typealias Failure = OktaError

    let client: OktaClient
    let request: OktaRequest
    let start: PageCursor?

    /// Begins at the first page, or at the cursor resumed at.
    public func makeAsyncIterator() -> Iterator {
        Iterator(client: client, request: request, start: start)
    }

    /// Fetches page after page.
    public struct Iterator: AsyncIteratorProtocol {
        private enum State {
            case fetch(PageCursor?)
            /// The last page was good, its link was not.
            case fail(OktaError)
            case end
        }

        private let client: OktaClient
        private let request: OktaRequest
        private var follower: PageFollower
        private var state: State

        init(client: OktaClient, request: OktaRequest, start: PageCursor?) {
            self.client = client
            self.request = request
            follower = PageFollower(request: request)
            state = .fetch(start)
        }

        /// The next page; `nil` after the last.
        ///
        /// - Throws: ``OktaError``; afterwards the sequence has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(OktaError) -> Page<Item>? {
            let cursor: PageCursor?
            switch state {
            case .end:
                return nil
            case .fail(let error):
                state = .end
                throw error
            case .fetch(let next):
                cursor = next
            }
            state = .end
            var request = request
            if let cursor { request = try follower.request(request, at: cursor) }
            let response = try await client.send(request)
            return try page(of: response)
        }

        private mutating func page(of response: OktaResponse) throws(OktaError) -> Page<Item> {
            let isEmpty = try response.rawElements().isEmpty
            do {
                let next = try follower.next(after: response.headers, isEmpty: isEmpty)
                let page = try Page<Item>(response: response, next: next)
                state = next.map { .fetch($0) } ?? .end
                return page
            } catch .paging(let failure) {
                // The page itself is delivered; the failure comes when the next one is asked for.
                state = .fail(.paging(failure))
                return try Page<Item>(response: response, next: nil)
            }
        }
    }
}
