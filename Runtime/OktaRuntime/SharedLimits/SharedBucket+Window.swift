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

    /// Takes over what responses stated.
    mutating func note(_ stated: StatedLimit, _ now: Int) {
        let end = stated.reset.milliseconds
        let departed = stated.departed.milliseconds
        guard end > now, end <= now + SharedLimitTimes.longestWindow else { return }
        if reset == 0 {
            // A late response of the window that has ended tells nothing about this one. One to a call that was sent
            // since then does, even if it names the same end, because clocks differ.
            guard end > lastReset || departed >= lastReset else { return }
            adopt(stated, end)
        } else if end == reset {
            limit = stated.limit
            remaining = min(remaining, stated.remaining)
        } else if end > reset || stated.remaining < remaining {
            // The next window, or a tighter limit that ends earlier.
            adopt(stated, end)
        } else {
            return
        }
        hold = 0
        // The org had counted the calls of clients that were gone when this call was sent.
        doubts.removeAll { $0.since < departed }
    }

    private mutating func adopt(_ stated: StatedLimit, _ end: Int) {
        limit = stated.limit
        remaining = stated.remaining
        reset = end
    }
}

extension Date {
    /// Milliseconds since 1970.
    package var milliseconds: Int { Int(timeIntervalSince1970 * 1000) }
}
