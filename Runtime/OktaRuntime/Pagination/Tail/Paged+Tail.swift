#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes

extension Paged {
    /// Returns a sequence without end: first the existing elements, then new ones as they arrive.
    ///
    /// Use it for lists that support polling, such as the System Log in ascending order without `until`. Every page of
    /// such a list, even an empty one, links to a next page.
    ///
    /// ```swift
    /// for try await batch in okta.log.getOrgSystemLog(since: yesterday).tail(from: stored) { … }
    /// ```
    ///
    /// - Parameters:
    ///   - position: A stored ``Paged/Tail/Batch/position`` of the same list; `nil` starts at the beginning of the
    ///     list.
    ///   - interval: The pause after a poll that found nothing new. Defaults to 10 seconds.
    ///   - overlap: The time before the latest time seen from which the list is read again if the server rejects the
    ///     stored cursor, but no further back than the last 4096 elements. A longer overlap misses fewer elements that
    ///     the server records late. Delivered elements are not repeated, with the exceptions described by
    ///     ``Paged/Tail/Gap``. Defaults to 10 seconds.
    ///   - maximumBackoff: The longest pause after a transient error, such as an outage. The pause is random, below a
    ///     bound that starts at a second and doubles with each consecutive failure up to this maximum. With `nil`, the
    ///     tail throws the error instead. Defaults to 60 seconds.
    ///   - fields: The names of the list's identifier, time and parameter. Default to those of the System Log.
    ///   - time: The time source for the pauses.
    /// - Returns: The tail. No request is sent until it is iterated.
    public func tail(
        from position: TailPosition? = nil,
        every interval: Duration = .seconds(10),
        overlap: Duration = .seconds(10),
        maximumBackoff: Duration? = .seconds(60),
        fields: TailPosition.Fields = TailPosition.Fields(),
        time: any ServerClock.Source = ServerClock.SystemSource()
    ) -> Tail {
        let options = TailOptions(
            interval: Swift.max(interval, .zero), overlap: Swift.max(overlap, .zero), maximumBackoff: maximumBackoff,
            fields: fields, time: time)
        return Tail(list: list, start: position ?? TailPosition(cursor: list.start), options: options)
    }
}

extension Paged {
    /// A list without end: its new elements as they arrive, page by page, with a position to store.
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
    /// The tail reads without a pause while pages are full, and waits between polls otherwise. A page shorter than its
    /// limit is the last one for now, so an immediate request for the next page would be wasted. An element that the
    /// server sends twice within a short time is delivered once.
    ///
    /// An outage does not end the tail, however long it lasts. After a transient error (no connection, a timeout, a
    /// response that ``RetryPolicy`` counts as transient, no capacity under the rate limit), the tail delivers a batch
    /// with an ``Paged/Tail/Batch/interruption``, pauses with a growing, bounded backoff, and polls again from the same
    /// position. Any other error is thrown. When the cause is fixed, a new tail can continue from the position of the
    /// last batch.
    public struct Tail: AsyncSequence, Sendable {
        /// The type of the list's elements.
        public typealias Item = Paged.Item

        /// The error that iterating throws.
        public typealias Failure = OktaError

        let list: ListQuery
        let start: TailPosition
        let options: TailOptions

        /// Creates an iterator that begins at the position, or at the beginning of the list.
        public func makeAsyncIterator() -> Iterator {
            Iterator(list: list, position: start, options: options)
        }

        /// Polls for new elements.
        public struct Iterator: AsyncIteratorProtocol {
            private let list: ListQuery
            private let options: TailOptions
            let follower: PageFollower
            private(set) var position: TailPosition
            private(set) var known: Set<String>
            /// The wait before the next poll; `nil` for none.
            private var pause: Duration?
            /// The number of consecutive failed polls.
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

            /// Returns the next batch. It is never `nil`, because a tail ends only with an error or when its task is
            /// cancelled.
            ///
            /// - Throws: An ``OktaError`` that is not transient; ``OktaError/cancelled`` as soon as the task is
            ///   cancelled, including during a pause. A further call after an error polls from the same position.
            public mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async throws(OktaError) -> Batch? {
                while true {
                    if let pause { try await options.wait(pause) }
                    // If this poll fails, the next one follows after a pause.
                    pause = options.interval
                    let request = try request()
                    let fetched: ListResponse
                    do throws(OktaError) {
                        fetched = try await list.fetch(request)
                    } catch {
                        return try batch(after: error)
                    }
                    failureCount = 0
                    if let batch = try batch(of: fetched, to: request) { return batch }
                }
            }

            private func request() throws(OktaError) -> OktaRequest {
                if let cursor = position.cursor { return try follower.request(list.request, at: cursor) }
                guard let since = position.beginning(overlap: options.overlap) else { return list.request }
                return list.request.beginning(at: since, parameter: options.fields.since)
            }

            /// Processes a page. Returns `nil` if it has no new elements and no new cursor.
            private mutating func batch(
                of fetched: ListResponse, to request: OktaRequest
            ) throws(OktaError) -> Batch? {
                guard let next = try follower.cursor(in: fetched, at: position.cursor) else {
                    throw .paging(
                        .init(.noNextPage, path: list.request.pathOnly, cursor: position.cursor))
                }
                let new = fetched.elements.filter { element in
                    let time = element[options.fields.time].flatMap { Date(lenient: $0) }
                    return position.admit(
                        identifier: element[options.fields.identifier]?.string, time: time, known: &known)
                }
                position.forget(olderThan: options.overlap, known: &known)
                if position.cursor != nil { hasFollowedCursor = true }
                let hasMoved = position.cursor != next
                position.cursor = next
                let isLast = lengths.isLast(fetched.elements.count, next: next, request: request)
                pause = new.isEmpty || isLast ? options.interval : nil
                guard hasMoved || !new.isEmpty else { return nil }
                let items = new.compactMap { Item(lenient: $0) }
                return Paged.Tail.Batch(items: items, skippedCount: new.count - items.count, position: position)
            }

            /// Returns the report of a failed poll, which is a gap or an interruption.
            ///
            /// - Throws: The error, if it ends the tail.
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
                let interruption = Paged.Tail.Interruption(error: error, failureCount: failureCount, pause: pause)
                return Paged.Tail.Batch(interruption: interruption, position: position)
            }

            /// Drops the cursor. The list is read again immediately, but not repeatedly without a pause.
            private mutating func gap(after failure: OktaError.APIFailure) -> Batch {
                position.cursor = nil
                pause = hasFollowedCursor ? nil : options.interval
                hasFollowedCursor = false
                failureCount = 0
                let since = position.beginning(overlap: options.overlap)
                return Paged.Tail.Batch(
                    gap: Paged.Tail.Gap(since: since, requestID: failure.requestID), position: position)
            }
        }
    }
}

/// Determines from the length of a page whether it is the last one for now.
struct TailPageLengths: Sendable {
    private var previous: Int?

    /// The default page size of the System Log.
    private static let usualLimit = 100
    /// The largest page size of the System Log, regardless of the request.
    private static let maximumLimit = 1000
    /// The minimum length of two consecutive pages of equal length that indicates a page size set by the server.
    private static let minimumHiddenLimit = 10

    /// Records a page.
    ///
    /// - Parameters:
    ///   - count: The number of elements.
    ///   - next: The server's link to the next page, which states the limit as the server understood it.
    ///   - request: The request for the page.
    /// - Returns: Whether the page is shorter than its limit. A full page may still be the last.
    mutating func isLast(_ count: Int, next: PageCursor, request: OktaRequest) -> Bool {
        defer { previous = count }
        let query = request.target.drop { $0 != "?" }.dropFirst()
        let limit = Self.limit(in: LinkTarget(next.target)?.query ?? "") ?? Self.limit(in: query) ?? Self.usualLimit
        guard count < min(limit, Self.maximumLimit) else { return false }
        return count != previous || count < Self.minimumHiddenLimit
    }

    private static func limit(in query: Substring) -> Int? {
        let field = query.split(separator: "&").last { $0.hasPrefix("limit=") }
        return field.flatMap { Int($0.dropFirst("limit=".count)) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
