extension Paged {
    /// The pages of a list. Each page is fetched while the caller processes the previous one.
    public struct Pages: AsyncSequence, Sendable {
        /// The error that iterating throws.
        public typealias Failure = OktaError

        let list: ListQuery

        /// Creates an iterator that begins at the first page, or at the cursor to resume at.
        public func makeAsyncIterator() -> Iterator {
            Iterator(list: list, prefetchesEagerly: true)
        }

        /// Fetches one page after another.
        public struct Iterator: AsyncIteratorProtocol {
            private enum State {
                /// No fetch is in progress. Contains the cursor of the page to fetch, `nil` for the first.
                case idle(PageCursor?)
                case fetching(PageFetch)
                /// The last page was valid, but its link was not.
                case failed(OktaError)
                case ended
            }

            private let list: ListQuery
            private let prefetchesEagerly: Bool
            private var follower: PageFollower
            private var state: State

            init(list: ListQuery, prefetchesEagerly: Bool) {
                self.list = list
                self.prefetchesEagerly = prefetchesEagerly
                follower = PageFollower(request: list.request)
                state = .idle(list.start)
            }

            /// Returns the next page; `nil` after the last.
            ///
            /// - Throws: ``OktaError``. The sequence ends after an error.
            public mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async throws(OktaError) -> Page? {
                let current = state
                // A throw below ends the sequence.
                state = .ended
                switch current {
                case .ended: return nil
                case .failed(let error): throw error
                case .fetching(let fetch): return page(of: try await fetch.response())
                case .idle(let cursor):
                    let request = try cursor.map { cursor throws(OktaError) in
                        try follower.follow(cursor, of: list.request)
                    }
                    return page(of: try await list.fetch(request ?? list.request))
                }
            }

            /// Starts fetching the next page, unless prefetching is off, already in progress or impossible.
            mutating func prefetch() {
                guard list.isPrefetching, case .idle(let cursor?) = state else { return }
                do {
                    state = .fetching(PageFetch(try follower.follow(cursor, of: list.request), of: list))
                } catch {
                    state = .failed(error)
                }
            }

            /// Whether a prefetched page is in progress or has arrived but was not requested.
            var isFetching: Bool {
                if case .fetching = state { true } else { false }
            }

            /// Ends the sequence and cancels a fetch in progress.
            mutating func end() {
                state = .ended
            }

            private mutating func page(of fetched: ListResponse) -> Page {
                do {
                    let next = try follower.next(after: fetched)
                    let page = Page(fetched, next: next)
                    if let next {
                        state = .idle(next)
                        if prefetchesEagerly { prefetch() }
                    }
                    return page
                } catch {
                    // The page is delivered. The error is thrown when the next page is requested.
                    state = .failed(error)
                    return Page(fetched, next: nil)
                }
            }
        }
    }
}

/// The fetch of a page while the caller processes the previous one.
///
/// An iterator owns the fetch. When the iterator is released, by a `break` or an error, the call is cancelled.
final class PageFetch: Sendable {
    private let task: Task<Result<ListResponse, OktaError>, Never>

    /// Starts the fetch.
    init(_ request: OktaRequest, of list: ListQuery) {
        task = Task {
            do throws(OktaError) {
                return .success(try await list.fetch(request))
            } catch {
                return .failure(error)
            }
        }
    }

    deinit {
        task.cancel()
    }

    /// Returns the page. Cancelling the caller's task cancels the call.
    func response() async throws(OktaError) -> ListResponse {
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }
}
