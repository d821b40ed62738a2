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

    /// Where to go on; `nil` when the list has to be read anew.
    var cursor: PageCursor?

    /// What was delivered last, in the order of delivery.
    var recent: [Delivered] = []

    /// The time before which elements have been forgotten, while `recent` has all from then on; `nil` when none has.
    var completeSince: Date?

    /// An element that was delivered.
    struct Delivered: Sendable, Hashable, Codable {
        var identifier: String
        /// `nil` as long as no element has had a time.
        var time: Date?
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
        recent.append(Delivered(identifier: identifier, time: (time ?? latest).flatMap(Self.wholeMilliseconds)))
        return true
    }

    /// Forgets elements that lie too far back to be read again, and what is too much to keep.
    mutating func forget(olderThan overlap: Duration, known: inout Set<String>) {
        if let latest {
            for index in recent.indices where recent[index].time == nil { recent[index].time = latest }
        }
        if let start = beginning(overlap: overlap) { forget(before: start) }
        forgetSurplus()
        known = Set(recent.map(\.identifier))
    }

    /// From when on the list is read anew: the overlap before the latest time, but nothing that was forgotten.
    ///
    /// - Returns: The time in whole milliseconds, as it is sent; `nil` when no time is known.
    func beginning(overlap: Duration) -> Date? {
        guard let latest else { return nil }
        let start = latest.addingTimeInterval(-overlap.inSeconds)
        return Self.wholeMilliseconds(max(start, completeSince ?? start))
    }

    /// The time as it is sent. All are compared like this, so that what is forgotten is what is not read again.
    private static func wholeMilliseconds(_ time: Date) -> Date? {
        OktaDate.text(time).flatMap { OktaDate.parse($0) }
    }

    private mutating func forget(before start: Date) {
        let count = recent.count
        recent.removeAll { delivered in delivered.time.map { $0 < start } ?? false }
        if recent.count < count { completeSince = start }
    }

    /// Forgets the oldest elements where there are too many, and with them all of the same instant: reading anew then
    /// begins after it, and comes across none of them.
    private mutating func forgetSurplus() {
        let surplus = recent.count - Self.maximumRecent
        guard surplus > 0 else { return }
        if let latest {
            let times = recent.map { $0.time ?? latest }.sorted()
            let forgotten = times[surplus - 1]
            forget(before: times.first { $0 > forgotten } ?? latest)
        }
        // All of the latest instant, or without any time: the last ones are kept.
        recent.removeFirst(max(0, recent.count - Self.maximumRecent))
    }
}

extension TailPosition: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The latest time seen.
    public var description: String { "TailPosition(\(latest?.json.string ?? "at the beginning"))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
