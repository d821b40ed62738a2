/// The pages of a list, each fetched while the caller works on the one before it.
public struct PageSequence<Item: JSONConvertible>: AsyncSequence, Sendable {
    /// What iterating throws.
    public typealias Failure = OktaError

    let list: ListQuery

    /// Begins at the first page, or at the cursor resumed at.
    public func makeAsyncIterator() -> Iterator {
        Iterator(list: list, fetchesAheadAtOnce: true)
    }

    /// Fetches page after page.
    public struct Iterator: AsyncIteratorProtocol {
        private enum State {
            /// Nothing is under way; the place of the page to fetch, `nil` for the first.
            case idle(PageCursor?)
            case fetching(PageFetch)
            /// The last page was good, its link was not.
            case failed(OktaError)
            case ended
        }

        private let list: ListQuery
        private let fetchesAheadAtOnce: Bool
        private var follower: PageFollower
        private var state: State

        init(list: ListQuery, fetchesAheadAtOnce: Bool) {
            self.list = list
            self.fetchesAheadAtOnce = fetchesAheadAtOnce
            follower = PageFollower(request: list.request)
            state = .idle(list.start)
        }

        /// The next page; `nil` after the last.
        ///
        /// - Throws: ``OktaError``; afterwards the sequence has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(OktaError) -> Page<Item>? {
            let current = state
            // What throws below ends the sequence.
            state = .ended
            switch current {
            case .ended: return nil
            case .failed(let error): throw error
            case .fetching(let fetch): return page(of: try await fetch.answer())
            case .idle(let cursor):
                let request = try cursor.map { cursor throws(OktaError) in
                    try follower.follow(cursor, of: list.request)
                }
                return page(of: try await list.fetch(request ?? list.request))
            }
        }

        /// Begins to fetch the next page, unless that is not wanted, under way or impossible.
        mutating func fetchAhead() {
            guard list.isFetchingAhead, case .idle(let cursor?) = state else { return }
            do {
                state = .fetching(PageFetch(try follower.follow(cursor, of: list.request), of: list))
            } catch {
                state = .failed(error)
            }
        }

        /// Whether a page is on its way, or has come and was not asked for yet.
        var isFetching: Bool {
            if case .fetching = state { true } else { false }
        }

        /// Ends the sequence, and what is under way.
        mutating func end() {
            state = .ended
        }

        private mutating func page(of answer: ListAnswer) -> Page<Item> {
            do {
                let next = try follower.next(after: answer)
                let page = Page<Item>(answer, next: next)
                if let next {
                    state = .idle(next)
                    if fetchesAheadAtOnce { fetchAhead() }
                }
                return page
            } catch {
                // The page itself is delivered; the failure comes when the next one is asked for.
                state = .failed(error)
                return Page<Item>(answer, next: nil)
            }
        }
    }
}
