#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The progress of a tail. Store it when a batch has been processed, and pass it to the tail after a restart.
///
/// It contains no host and no credentials, only the server's cursor, the latest time seen, and the identifiers of the
/// elements close to that time, so that none of them is delivered again if the cursor is rejected.
public struct TailPosition: Sendable, Hashable, Codable {
    /// The latest time of the elements delivered so far; `nil` before the first one with a time.
    public internal(set) var latest: Date?

    /// The cursor to continue at; `nil` if the list has to be read from a time.
    var cursor: PageCursor?

    /// The latest delivered elements, in the order of delivery.
    var recent: [Delivered] = []

    /// The time from which `recent` is complete, because older elements have been dropped; `nil` if none was dropped.
    var completeSince: Date?

    /// An element that was delivered.
    struct Delivered: Sendable, Hashable, Codable {
        var identifier: String
        /// The time of the element, or the latest time seen before it; `nil` if there is none.
        var time: Date?
    }

    /// The maximum number of identifiers to keep, which bounds the size of a stored position.
    static let maximumRecent = 4096

    /// Records an element, unless it was delivered before.
    ///
    /// - Returns: Whether it is new.
    mutating func admit(identifier: String?, time: Date?, known: inout Set<String>) -> Bool {
        if let time { latest = max(latest ?? time, time) }
        // It is better to deliver an element without an identifier twice than never.
        guard let identifier else { return true }
        guard known.insert(identifier).inserted else { return false }
        recent.append(Delivered(identifier: identifier, time: (time ?? latest).flatMap(Self.wholeMilliseconds)))
        return true
    }

    /// Drops elements that are too old to be read again, and those beyond the maximum.
    mutating func forget(olderThan overlap: Duration, known: inout Set<String>) {
        if let latest {
            for index in recent.indices where recent[index].time == nil { recent[index].time = latest }
        }
        if let start = beginning(overlap: overlap) { forget(before: start) }
        forgetSurplus()
        known = Set(recent.map(\.identifier))
    }

    /// Returns the time from which to read the list again: the overlap before the latest time, but not before
    /// ``completeSince``.
    ///
    /// - Returns: The time in whole milliseconds, as it is sent; `nil` if no time is known.
    func beginning(overlap: Duration) -> Date? {
        guard let latest else { return nil }
        let start = latest.addingTimeInterval(-overlap.inSeconds)
        return Self.wholeMilliseconds(max(start, completeSince ?? start))
    }

    /// Returns a time with the precision with which it is sent. All times are compared with this precision, so that
    /// exactly the elements that are not read again are dropped.
    private static func wholeMilliseconds(_ time: Date) -> Date? {
        OktaDate.text(time).flatMap { OktaDate.parse($0) }
    }

    private mutating func forget(before start: Date) {
        let count = recent.count
        recent.removeAll { delivered in delivered.time.map { $0 < start } ?? false }
        if recent.count < count { completeSince = start }
    }

    /// Drops the oldest elements beyond the maximum, and all elements of the same instant, so that reading again begins
    /// after that instant.
    private mutating func forgetSurplus() {
        let surplus = recent.count - Self.maximumRecent
        guard surplus > 0 else { return }
        if let latest {
            let times = recent.map { $0.time ?? latest }.sorted()
            let forgotten = times[surplus - 1]
            forget(before: times.first { $0 > forgotten } ?? latest)
        }
        // All elements have the same instant or no time, so the last ones are kept.
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

extension OktaRequest {
    /// Returns the same request for a list that begins at a time.
    ///
    /// - Parameters:
    ///   - date: The time.
    ///   - parameter: The query parameter for the time. An existing value is replaced, and a cursor, which excludes it,
    ///     is removed.
    func beginning(at date: Date, parameter: String) -> OktaRequest {
        let query = target.dropFirst(pathOnly.count + 1)
        let replaced = [parameter, "after"].map(PercentEncoding.encode)
        let kept = query.split(separator: "&").filter { part in
            !replaced.contains(String(part.prefix { $0 != "=" }))
        }
        var request = self
        request.path = RequestPath(encoded: pathOnly, template: path.template, fault: path.fault)
        request.query = RequestQuery(encoded: kept.joined(separator: "&"))
        request.query.append(parameter, .date(date))
        return request
    }
}
