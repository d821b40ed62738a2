#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// How far a tail has read: to be stored when a batch has been worked off, and given to the tail after a restart.
///
/// Holds no host and no credential: the server's cursor, the latest time seen, and the identifiers of the elements
/// close to that time, so that none of them is delivered again should the cursor be lost.
public struct TailPosition: Sendable, Hashable, Codable {
    /// The latest time of the elements delivered so far; `nil` before the first one that has a time.
    public internal(set) var latest: Date?

    /// Where to go on; `nil` when the list has to be read from ``latest`` on.
    var cursor: PageCursor?

    /// What was delivered last, in the order of delivery.
    var recent: [Delivered] = []

    /// An element that was delivered.
    struct Delivered: Sendable, Hashable, Codable {
        var identifier: String
        var time: Date
    }

    /// The most identifiers that are kept; they bound the size of a stored position.
    static let maximumRecent = 4096

    /// Remembers an element, unless it was delivered before.
    ///
    /// - Returns: Whether it is new.
    mutating func admit(identifier: String?, time: Date?, known: inout Set<String>) -> Bool {
        if let time { latest = max(latest ?? time, time) }
        // What cannot be recognised is rather delivered twice than not at all.
        guard let identifier else { return true }
        guard known.insert(identifier).inserted else { return false }
        if let time = time ?? latest { recent.append(Delivered(identifier: identifier, time: time)) }
        return true
    }

    /// Forgets elements that lie too far back to be read again.
    mutating func forget(olderThan overlap: Duration, known: inout Set<String>) {
        guard let latest else { return }
        let horizon = latest.addingTimeInterval(-overlap.inSeconds)
        recent.removeAll { $0.time < horizon }
        if recent.count > Self.maximumRecent { recent.removeFirst(recent.count - Self.maximumRecent) }
        known = Set(recent.map(\.identifier))
    }
}

extension TailPosition: CustomStringConvertible {
    /// The latest time seen.
    public var description: String { "TailPosition(\(latest?.json.string ?? "at the beginning"))" }
}
