#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A list that never ends: its new elements as they come, page by page, with a position to store.
///
/// ```swift
/// for try await batch in okta.log.getOrgSystemLog().tail(from: stored) {
///     if let gap = batch.gap { report("\(gap)") }
///     for event in batch.items { … }
///     store(batch.position)
/// }
/// ```
///
/// Reads without a pause while there is something new, and waits between two looks while there is not. After an error
/// the position of the last batch is where a new tail goes on. An element that comes twice within a short time is
/// delivered once.
public struct Tail<Item: JSONConvertible>: AsyncSequence, Sendable {
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
        private var follower: PageFollower
        private var position: TailPosition
        private var known: Set<String>
        /// Whether the next look comes after a pause.
        private var isIdle = false
        /// Whether the server has accepted a cursor since the last gap.
        private var hasFollowedCursor = true

        init(list: ListQuery, position: TailPosition, options: TailOptions) {
            self.list = list
            self.options = options
            self.position = position
            follower = PageFollower(request: list.request)
            known = Set(position.recent.map(\.identifier))
        }

        /// The next batch. Never `nil`: a tail ends only by an error or with its task.
        ///
        /// - Throws: ``OktaError``; ``OktaError/cancelled`` as soon as the task is, also during a pause. Asking again
        ///   after an error looks again from the same place.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(OktaError) -> TailBatch<Item>? {
            while true {
                if isIdle { try await options.pause() }
                // Should this look fail, the next one comes after a pause.
                isIdle = true
                let answer: ListAnswer
                do {
                    answer = try await list.fetch(request())
                } catch .api(let failure) where position.cursor != nil && Self.isRefusedCursor(failure) {
                    return gap(after: failure)
                }
                if let batch = try batch(of: answer) { return batch }
            }
        }

        private mutating func request() throws(OktaError) -> OktaRequest {
            if let cursor = position.cursor { return try follower.request(list.request, at: cursor) }
            guard let latest = position.latest else { return list.request }
            let since = latest.addingTimeInterval(-options.overlap.inSeconds)
            return list.request.beginning(at: since, parameter: options.fields.since)
        }

        /// Takes in a page; `nil` when it holds nothing new and leads nowhere new.
        private mutating func batch(of answer: ListAnswer) throws(OktaError) -> TailBatch<Item>? {
            guard let next = try follower.cursor(in: answer) else {
                throw .paging(PagingFailure(.noNextPage, path: list.request.pathOnly))
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
            isIdle = new.isEmpty
            guard hasMoved || !new.isEmpty else { return nil }
            let items = new.compactMap { Item(fitting: $0) }
            return TailBatch(items: items, misfitCount: new.count - items.count, gap: nil, position: position)
        }

        /// Gives the cursor up. The list is read anew at once, but not again and again without a pause.
        private mutating func gap(after failure: APIFailure) -> TailBatch<Item> {
            position.cursor = nil
            isIdle = !hasFollowedCursor
            hasFollowedCursor = false
            let gap = TailGap(since: position.latest, requestID: failure.requestID)
            return TailBatch(items: [], misfitCount: 0, gap: gap, position: position)
        }

        /// The codes with which Okta refuses a cursor, both with status 400.
        private static func isRefusedCursor(_ failure: APIFailure) -> Bool {
            failure.status.code == 400 && (failure.code == "E0000031" || failure.code == "E0000029")
        }
    }
}
