#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A break in a tail: the server has refused the place to go on from, and the list is read anew from an earlier time.
///
/// What has been delivered is not delivered again. An element may be missing that the server recorded late, with a time
/// before ``since``, or that it has deleted in the meantime.
public struct TailGap: Sendable, Hashable, CustomStringConvertible {
    /// The time from which the list is read anew; `nil` when none is known and the list is read from its beginning.
    public let since: Date?

    /// Okta's id of the request that was refused.
    public let requestID: String?

    /// Since when elements may be missing.
    public var description: String {
        let time = since?.json.string.map { "since \($0)" } ?? "since the beginning of the list"
        return "the place to go on from was refused; elements may be missing \(time)"
            + (requestID.map { " (request \($0))" } ?? "")
    }
}
