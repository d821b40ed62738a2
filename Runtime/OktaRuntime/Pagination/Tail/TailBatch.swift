#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Paged.Tail {
    /// What a tail delivers at a time: the new elements of one page, or the report of a gap or an interruption.
    public struct Batch: Sendable {
        /// The new elements in the server's order; empty for a report, and when only the position has moved.
        public let items: [Item]

        /// How many new elements were left out because they are not of the element's type.
        public let skippedCount: Int

        /// Set when the server no longer accepts the place from which to go on: elements may be missing.
        public let gap: TailGap?

        /// Set when a look for new elements has failed and another one will follow: nothing is missing.
        public let interruption: TailInterruption?

        /// Where to go on after a restart, once this batch has been worked off.
        public let position: TailPosition

        init(
            items: [Item] = [], skippedCount: Int = 0, gap: TailGap? = nil, interruption: TailInterruption? = nil,
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

/// A break in a tail: the server has refused the place to go on from, and the list is read anew from an earlier time.
///
/// An element may be missing that the server recorded late, with a time before ``since``, or that it has deleted in the
/// meantime.
///
/// What has been delivered is known by its identifier and not delivered again. Elements without an identifier, or
/// without a time that can be read, may come twice all the same, and so may those of an instant that more than 4096
/// share.
public struct TailGap: Sendable, Hashable, CustomStringConvertible {
    /// The time from which the list is read anew: the tail's overlap before the latest time seen, or later, since no
    /// more than the last 4096 elements are remembered. `nil` when no time is known and the list is read from its
    /// beginning.
    public let since: Date?

    /// Okta's id of the request that was refused.
    public let requestID: String?

    /// From when on the list is read anew, and what may be missing.
    public var description: String {
        let consequence =
            since?.json.string.map {
                "the list is read anew from \($0), and what was recorded late with a time before that may be missing"
            } ?? "the list is read anew from its beginning"
        return "the place to go on from was refused; \(consequence)" + (requestID.map { " (request \($0))" } ?? "")
    }
}

/// A look for new elements that failed for a reason that may pass, such as an outage. The tail pauses, and looks again
/// from the same place: nothing is missed by it.
public struct TailInterruption: Sendable, CustomStringConvertible {
    /// What the look failed with, after the attempts that a call has.
    public let error: OktaError

    /// How many looks in a row have failed, this one included.
    public let failureCount: Int

    /// The pause before the next look, which begins when the next batch is asked for.
    public let pause: Duration

    /// The number of failures, the pause and the error.
    public var description: String {
        let looks = failureCount == 1 ? "a look" : "\(failureCount) looks in a row"
        return "\(looks) for new elements failed, and the next one follows after \(pause.inWords): \(error)"
    }
}
