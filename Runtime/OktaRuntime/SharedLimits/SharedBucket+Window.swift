#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

extension SharedBucket.Window {
    /// The window as a limit; nil while its end is not known.
    var stated: RateLimit? {
        guard reset > 0 else { return nil }
        return RateLimit(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset) / 1000))
    }

    /// The permits in doubt.
    var inDoubt: Int { doubts.reduce(0) { $0 + $1.count } }

    /// Whether the response to a call that is sent now ends all doubts. Its client may state an earlier time for the call.
    func canEndDoubts(_ now: Int) -> Bool { doubts.allSatisfy { now - $0.since > SharedLimitTimes.precision } }

    /// Whether the org has begun the window after this one, although the clock does not show it yet.
    func isFollowed(by stated: StatedLimit, _ now: Int) -> Bool {
        let end = stated.reset.milliseconds
        return reset > 0 && reset <= now + SharedLimitTimes.leeway && end > reset
            && end <= now + SharedLimitTimes.longestWindow
    }

    /// Whether a limit belongs to a window that has ended.
    func isPast(_ stated: StatedLimit, _ now: Int) -> Bool {
        stated.reset.milliseconds <= max(now, lastReset)
    }

    /// Ends the window. What is left of the next one is known when a response has stated it.
    mutating func begin() {
        lastReset = reset
        reset = 0
        remaining = limit
        sure = 0
        let end = lastReset
        // The org counts the others' calls perhaps in the next window.
        doubts.removeAll { $0.since <= end }
    }

    /// Notes what is surely left.
    ///
    /// - Parameters:
    ///   - held: The permits that clients have.
    ///   - knowsAll: Whether the record knows all of these; otherwise nothing is sure.
    mutating func settle(held: Int, knowsAll: Bool) {
        sure = knowsAll ? max(0, min(sure, remaining), remaining - inDoubt - held) : 0
    }

    /// Takes over what responses stated.
    mutating func note(_ stated: StatedLimit, _ now: Int) {
        let end = stated.reset.milliseconds
        guard !isPast(stated, now), end <= now + SharedLimitTimes.longestWindow else { return }
        if end == reset {
            limit = stated.limit
            remaining = min(remaining, stated.remaining)
        } else if reset == 0 || end > reset || stated.remaining < remaining {
            // The present window, the next one, or a tighter limit that ends earlier.
            limit = stated.limit
            remaining = stated.remaining
            reset = end
            sure = 0
        } else {
            return
        }
        hold = 0
        // The org had counted the calls of clients that were gone when this call was sent.
        let departed = stated.departed.milliseconds
        doubts.removeAll { $0.since < departed }
    }
}

extension Date {
    /// Milliseconds since 1970.
    package var milliseconds: Int { Int(timeIntervalSince1970 * 1000) }
}
