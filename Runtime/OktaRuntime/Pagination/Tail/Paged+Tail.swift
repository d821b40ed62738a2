#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Paged {
    /// The list as one that never ends: what is there, and then what comes.
    ///
    /// For lists that a server lets one poll, such as the System Log in ascending order without `until`: there each page,
    /// an empty one too, leads to a next one.
    ///
    /// ```swift
    /// for try await batch in okta.log.getOrgSystemLog(since: yesterday).tail(from: stored) { … }
    /// ```
    ///
    /// - Parameters:
    ///   - position: A stored ``Paged/Tail/Batch/position`` of the same list; `nil` begins where the list does.
    ///   - interval: The pause after a look that found nothing new.
    ///   - overlap: How far before the latest time seen the list is read anew when the server refuses the place to go
    ///     on from, but no further than the last 4096 elements. Longer, and fewer of the elements are missed that are
    ///     recorded late; what was delivered is not repeated, but for what ``TailGap`` says.
    ///   - maximumBackoff: The longest pause after an error that may pass, such as an outage. The pause is random, below
    ///     a bound that begins at a second and doubles with each failure in a row up to this one. `nil` to end the tail
    ///     with such an error instead.
    ///   - fields: The names of the list's identifier, time and parameter.
    ///   - time: What the pauses are measured by.
    /// - Returns: The tail; nothing is sent before it is iterated.
    public func tail(
        from position: TailPosition? = nil,
        every interval: Duration = .seconds(10),
        overlap: Duration = .seconds(10),
        maximumBackoff: Duration? = .seconds(60),
        fields: TailFields = TailFields(),
        time: any TimeSource = SystemTimeSource()
    ) -> Tail {
        let options = TailOptions(
            interval: Swift.max(interval, .zero), overlap: Swift.max(overlap, .zero), maximumBackoff: maximumBackoff,
            fields: fields, time: time)
        return Tail(list: list, start: position ?? TailPosition(cursor: list.start), options: options)
    }
}

extension Paged {
    /// A list that never ends: its new elements as they come, page by page, with a position to store.
    ///
    /// ```swift
    /// for try await batch in okta.log.getOrgSystemLog().tail(from: stored) {
    ///     if let gap = batch.gap { report("\(gap)") }
    ///     if let interruption = batch.interruption { report("\(interruption)") }
    ///     for event in batch.items { … }
    ///     store(batch.position)
    /// }
    /// ```
    ///
    /// Reads without a pause while pages are full, and waits between two looks otherwise: a page that is shorter than its
    /// limit is the last one for now, and to ask for the next at once would cost a request for nothing. An element that comes
    /// twice within a short time is delivered once.
    ///
    /// An outage does not end it, however long. After an error that may pass (no connection, a time-out, an answer that
    /// ``RetryPolicy`` counts as transient, no room under the rate limit) it delivers a batch with an ``Paged/Tail/Batch/interruption``, pauses, for longer
    /// each time up to a bound, and looks again from the same position. Any other error is thrown: the position of the last
    /// batch is where a new tail goes on, once its cause is gone.
    public struct Tail: AsyncSequence, Sendable {
        /// The type of the list's elements.
        public typealias Item = Paged.Item

        /// What iterating throws.
        public typealias Failure = OktaError

        let list: ListQuery
        let start: TailPosition
        let options: TailOptions

        /// Begins where the position says, or at the beginning of the list.
        public func makeAsyncIterator() -> Iterator {
            Iterator(list: list, position: start, options: options)
        }

        /// Looks for new elements, again and again.
        public struct Iterator: AsyncIteratorProtocol {
            private let list: ListQuery
            private let options: TailOptions
            let follower: PageFollower
            private(set) var position: TailPosition
            private(set) var known: Set<String>
            /// How long to wait before the next look; `nil` for not at all.
            private var pause: Duration?
            /// How many looks in a row have failed.
            private var failureCount = 0
            /// Whether the server has accepted a cursor since the last gap.
            private var hasFollowedCursor = true
            private var lengths = TailPageLengths()

            init(list: ListQuery, position: TailPosition, options: TailOptions) {
                self.list = list
                self.options = options
                self.position = position
                follower = PageFollower(request: list.request)
                known = Set(position.recent.map(\.identifier))
            }

            /// The next batch. Never `nil`: a tail ends only by an error or with its task.
            ///
            /// - Throws: ``OktaError`` that does not pass by itself; ``OktaError/cancelled`` as soon as the task is, also
            ///   during a pause. Asking again after an error looks again from the same place.
            public mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async throws(OktaError) -> Batch? {
                while true {
                    if let pause { try await options.wait(pause) }
                    // Should this look fail, the next one comes after a pause.
                    pause = options.interval
                    let request = try request()
                    let answer: ListResponse
                    do throws(OktaError) {
                        answer = try await list.fetch(request)
                    } catch {
                        return try batch(after: error)
                    }
                    failureCount = 0
                    if let batch = try batch(of: answer, to: request) { return batch }
                }
            }

            private func request() throws(OktaError) -> OktaRequest {
                if let cursor = position.cursor { return try follower.request(list.request, at: cursor) }
                guard let since = position.beginning(overlap: options.overlap) else { return list.request }
                return list.request.beginning(at: since, parameter: options.fields.since)
            }

            /// Takes in a page; `nil` when it holds nothing new and leads nowhere new.
            private mutating func batch(
                of answer: ListResponse, to request: OktaRequest
            ) throws(OktaError) -> Batch? {
                guard let next = try follower.cursor(in: answer, at: position.cursor) else {
                    throw .paging(PagingFailure(.noNextPage, path: list.request.pathOnly, cursor: position.cursor))
                }
                let new = answer.elements.filter { element in
                    let time = element[options.fields.time].flatMap { Date(fitting: $0) }
                    return position.admit(
                        identifier: element[options.fields.identifier]?.string, time: time, known: &known)
                }
                position.forget(olderThan: options.overlap, known: &known)
                if position.cursor != nil { hasFollowedCursor = true }
                let hasMoved = position.cursor != next
                position.cursor = next
                let isLast = lengths.isLast(answer.elements.count, next: next, request: request)
                pause = new.isEmpty || isLast ? options.interval : nil
                guard hasMoved || !new.isEmpty else { return nil }
                let items = new.compactMap { Item(fitting: $0) }
                return Paged.Tail.Batch(items: items, skippedCount: new.count - items.count, position: position)
            }

            /// What to tell of a look that has failed: a gap, or an interruption.
            ///
            /// - Throws: The error, when it ends the tail.
            private mutating func batch(after error: OktaError) throws(OktaError) -> Batch {
                if case .api(let failure) = error, position.cursor != nil,
                    failure.code?.refusesCursor(status: failure.status.code) ?? false
                {
                    return gap(after: failure)
                }
                let policy = list.client.configuration.retry
                guard let pause = options.pause(after: error, failureCount: failureCount + 1, policy: policy) else {
                    throw error
                }
                self.pause = pause
                failureCount += 1
                let interruption = TailInterruption(error: error, failureCount: failureCount, pause: pause)
                return Paged.Tail.Batch(interruption: interruption, position: position)
            }

            /// Gives the cursor up. The list is read anew at once, but not again and again without a pause.
            private mutating func gap(after failure: APIFailure) -> Batch {
                position.cursor = nil
                pause = hasFollowedCursor ? nil : options.interval
                hasFollowedCursor = false
                failureCount = 0
                let since = position.beginning(overlap: options.overlap)
                return Paged.Tail.Batch(gap: TailGap(since: since, requestID: failure.requestID), position: position)
            }
        }
    }
}
