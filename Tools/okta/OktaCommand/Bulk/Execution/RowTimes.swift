#if CommandLine
internal import Synchronization

/// The times at which rows of a run were sent, by a monotonic clock.
///
/// The journal has the time of this machine's clock, which may be wrong, or adjusted during or between runs.
final class RowTimes: Sendable {
    private let sent = Mutex<[Int: ContinuousClock.Instant]>([:])

    /// Records that a row is about to be sent.
    func begin(_ row: Int) { sent.withLock { $0[row] = .now } }

    /// Removes a completed row.
    func end(_ row: Int) { sent.withLock { $0[row] = nil } }

    /// Returns the time at which a row was sent.
    ///
    /// - Parameter time: The time in the journal, in milliseconds since 1970, for a row of an earlier process.
    /// - Returns: Nil if that time is in the future because the machine's clock was set back.
    func instant(of row: Int, journaled time: Int) -> ContinuousClock.Instant? {
        if let known = sent.withLock({ $0[row] }) { return known }
        let age = Moment.now - time
        return age < 0 ? nil : ContinuousClock.now - .milliseconds(age)
    }
}
#endif
