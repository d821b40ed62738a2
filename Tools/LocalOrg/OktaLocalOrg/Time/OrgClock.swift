internal import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The clock of a local org: the system's, or one that stands still until a test advances it.
public final class OrgClock: Sendable {
    private let fixed: Int?
    private let offset = Mutex(0)

    private init(fixed: Int?) { self.fixed = fixed }

    /// Returns the system clock.
    public static func system() -> OrgClock { OrgClock(fixed: nil) }

    /// Returns a clock that stands at a time, in seconds since 1970.
    public static func standing(at seconds: Int) -> OrgClock { OrgClock(fixed: seconds) }

    /// Advances the clock, so that limits reset and tokens expire without waiting. It stops at the end of the year
    /// 9999.
    public func advance(by seconds: Int) { offset.withLock { $0 = OrgTime.sum($0, seconds) } }

    var now: OrgTime {
        let base = fixed ?? Int(Date().timeIntervalSince1970)
        return OrgTime(seconds: OrgTime.sum(base, offset.withLock { $0 }))
    }
}
