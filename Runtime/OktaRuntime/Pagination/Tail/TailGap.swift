#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

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
