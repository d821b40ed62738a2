#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The time that progress is measured by; a test gives its own.
package struct ProgressClock: Sendable {
    /// The time of a clock that does not jump.
    package let now: @Sendable () -> ContinuousClock.Instant
    /// The time of day, some time from now, such as `22:41:07`.
    package let wallTime: @Sendable (Duration) -> String

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant, wallTime: @escaping @Sendable (Duration) -> String
    ) {
        self.now = now
        self.wallTime = wallTime
    }

    /// The machine's clocks, in its time zone.
    package static let system = ProgressClock(
        now: { ContinuousClock.now },
        wallTime: { later in
            // A whole second more: the wait is over when that time is shown.
            var seconds = time(nil) + Int(later.components.seconds) + 1
            var parts = tm()
            localtime_r(&seconds, &parts)
            func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        })
}
