internal import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The clock of a local org: that of the machine, or one that stands still until a test moves it.
public final class OrgClock: Sendable {
    private let fixed: Int?
    private let offset = Mutex(0)

    private init(fixed: Int?) { self.fixed = fixed }

    /// The time of the machine.
    public static func system() -> OrgClock { OrgClock(fixed: nil) }

    /// A clock that stands at a time, in seconds since 1970.
    public static func standing(at seconds: Int) -> OrgClock { OrgClock(fixed: seconds) }

    /// Moves the clock forward, so that limits are over and tokens expire without a wait. It stops at the end of the year
    /// 9999.
    public func advance(by seconds: Int) { offset.withLock { $0 = OrgTime.sum($0, seconds) } }

    var now: OrgTime {
        let base = fixed ?? Int(Date().timeIntervalSince1970)
        return OrgTime(seconds: OrgTime.sum(base, offset.withLock { $0 }))
    }
}
