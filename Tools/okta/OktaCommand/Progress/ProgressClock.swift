#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The clocks of the progress line, which tests replace.
package struct ProgressClock: Sendable {
    /// Returns the time of a monotonic clock.
    package let now: @Sendable () -> ContinuousClock.Instant
    /// Returns the time of day after a duration from now, such as `22:41:07`.
    package let wallTime: @Sendable (Duration) -> String

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant, wallTime: @escaping @Sendable (Duration) -> String
    ) {
        self.now = now
        self.wallTime = wallTime
    }

    /// The system's clocks in its time zone.
    package static let system = ProgressClock(
        now: { ContinuousClock.now },
        wallTime: { later in
            // Rounded up, so that the wait has ended at the time shown.
            var seconds = time(nil) + Int(later.components.seconds) + 1
            var parts = tm()
            localtime_r(&seconds, &parts)
            func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        })
}
