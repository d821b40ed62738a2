#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

extension SharedBucket.Window {
    /// The window as a limit; `nil` until its end is known.
    var stated: RateLimit? {
        guard reset > 0 else { return nil }
        return RateLimit(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset) / 1000))
    }

    /// The number of permits in doubt.
    var inDoubt: Int { doubts.reduce(0) { $0 + $1.count } }

    /// Returns whether the response to a call that is sent now would end all doubts. The margin allows for a client
    /// whose clock is behind, which states an earlier time for the call.
    func canEndDoubts(_ now: Int) -> Bool { doubts.allSatisfy { now - $0.since > SharedLimitTimes.precision } }

    /// Returns whether a stated limit belongs to the next window, although this one has not ended by the clock.
    func isFollowed(by stated: StatedLimit, _ now: Int) -> Bool {
        let end = stated.reset.milliseconds
        return reset > 0 && reset <= now + SharedLimitTimes.leeway && end > reset
            && end <= now + SharedLimitTimes.longestWindow
    }

    /// Returns whether a stated limit belongs to a window that has ended.
    func isPast(_ stated: StatedLimit, _ now: Int) -> Bool {
        stated.reset.milliseconds <= max(now, lastReset)
    }

    /// Ends the window. The remaining calls of the next one are not known until a response states them.
    mutating func begin() {
        lastReset = reset
        reset = 0
        remaining = limit
        sure = 0
        let end = lastReset
        // The org may count the calls of later doubts in the next window.
        doubts.removeAll { $0.since <= end }
    }

    /// Updates the number of permits that certainly remain.
    ///
    /// - Parameters:
    ///   - held: The permits that clients hold.
    ///   - knowsAll: Whether the record knows all clients that hold permits. If not, no permit certainly remains.
    mutating func settle(held: Int, knowsAll: Bool) {
        sure = knowsAll ? max(0, min(sure, remaining), remaining - inDoubt - held) : 0
    }

    /// Applies a limit that responses stated.
    mutating func note(_ stated: StatedLimit, _ now: Int) {
        let end = stated.reset.milliseconds
        guard !isPast(stated, now), end <= now + SharedLimitTimes.longestWindow else { return }
        if end == reset {
            limit = stated.limit
            remaining = min(remaining, stated.remaining)
        } else if reset == 0 || end > reset || stated.remaining < remaining {
            // The first limit of a window, the next window, or a tighter limit that ends earlier.
            limit = stated.limit
            remaining = stated.remaining
            reset = end
            sure = 0
        } else {
            return
        }
        hold = 0
        // When this call was sent, the org had already counted the calls of these doubts.
        let departed = stated.departed.milliseconds
        doubts.removeAll { $0.since < departed }
    }
}

extension Date {
    /// Milliseconds since 1970.
    package var milliseconds: Int { Int(timeIntervalSince1970 * 1000) }
}
