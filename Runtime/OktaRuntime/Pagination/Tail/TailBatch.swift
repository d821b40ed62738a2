#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Paged.Tail {
    /// One delivery of a tail: the new elements of one page, or the report of a gap or an interruption.
    public struct Batch: Sendable {
        /// The new elements in the server's order; empty for a report, or if only the position has advanced.
        public let items: [Item]

        /// The number of new elements that were skipped because they do not have the element type.
        public let skippedCount: Int

        /// The gap, if the server rejected the stored cursor. Elements may be missing.
        public let gap: Paged.Tail.Gap?

        /// The interruption, if a poll has failed and another one will follow. No elements are missing.
        public let interruption: Paged.Tail.Interruption?

        /// The position to resume at after a restart, once this batch has been processed.
        public let position: TailPosition

        init(
            items: [Item] = [], skippedCount: Int = 0, gap: Paged.Tail.Gap? = nil,
            interruption: Paged.Tail.Interruption? = nil,
            position: TailPosition
        ) {
            self.items = items
            self.skippedCount = skippedCount
            self.gap = gap
            self.interruption = interruption
            self.position = position
        }
    }
}

extension Paged.Tail {
    /// A gap in a tail: the server rejected the stored cursor, and the list is read again from an earlier time.
    ///
    /// An element may be missing if the server recorded it late, with a time before ``since``, or has deleted it in the
    /// meantime.
    ///
    /// Delivered elements are recognized by their identifier and not delivered again. Elements without an identifier or
    /// a valid time, and elements of an instant that more than 4096 elements share, may be delivered twice.
    public struct Gap: Sendable, Hashable, CustomStringConvertible {
        /// The time from which the list is read again: the tail's overlap before the latest time seen, or later,
        /// because at most the last 4096 elements are remembered. `nil` if no time is known and the list is read from
        /// its beginning.
        public let since: Date?

        /// Okta's id of the rejected request.
        public let requestID: String?

        /// The time from which the list is read again, and what may be missing.
        public var description: String {
            let consequence =
                since?.json.string.map {
                    "the list is read again from \($0); elements recorded late with an earlier time may be missing"
                } ?? "the list is read again from its beginning"
            return "the server rejected the stored cursor; \(consequence)"
                + (requestID.map { " (request \($0))" } ?? "")
        }
    }
}

extension Paged.Tail {
    /// A poll that failed with a transient error, such as an outage. The tail pauses and polls again from the same
    /// position, so that no elements are missed.
    public struct Interruption: Sendable, CustomStringConvertible {
        /// The error of the poll, after the retries of the call.
        public let error: OktaError

        /// The number of consecutive failed polls, including this one.
        public let failureCount: Int

        /// The pause before the next poll, which begins when the next batch is requested.
        public let pause: Duration

        /// The number of failures, the pause and the error.
        public var description: String {
            let polls = failureCount == 1 ? "a poll" : "\(failureCount) consecutive polls"
            return "\(polls) for new elements failed; the next one follows after \(pause.inWords): \(error)"
        }
    }
}
