#if CommandLine
internal import Synchronization

/// When the rows of a run were sent, by a clock that nobody sets.
///
/// The journal has the time of this machine's clock, which may be wrong, or set while a run goes on or is left.
final class RowTimes: Sendable {
    private let sent = Mutex<[Int: ContinuousClock.Instant]>([:])

    /// Notes that a row is about to be sent.
    func begin(_ row: Int) { sent.withLock { $0[row] = .now } }

    /// Forgets a row that has its end.
    func end(_ row: Int) { sent.withLock { $0[row] = nil } }

    /// When a row was sent.
    ///
    /// - Parameter time: The time that the journal has, in milliseconds since 1970, for a row of a former process.
    /// - Returns: Nil where that time is yet to come, because the machine's clock was set back.
    func instant(of row: Int, journaled time: Int) -> ContinuousClock.Instant? {
        if let known = sent.withLock({ $0[row] }) { return known }
        let age = Moment.now - time
        return age < 0 ? nil : ContinuousClock.now - .milliseconds(age)
    }
}
#endif
