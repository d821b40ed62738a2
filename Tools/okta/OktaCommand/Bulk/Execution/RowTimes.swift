#if CommandLine
internal import OktaRuntime
internal import Synchronization

/// The times at which rows of a run were sent, by the monotonic time of the client's clock.
///
/// The journal has the time of this machine's clock, which may be wrong, or adjusted during or between runs.
final class RowTimes: Sendable {
    /// The calls of a row in this process.
    private struct Call {
        /// The time just before the row was sent.
        var begun: Duration
        /// The time at which its response was lost.
        var lost: Duration?
    }

    private let source: any ServerClock.Source
    private let calls = Mutex<[Int: Call]>([:])
    /// The time at which this process took over the run.
    private let start: Duration

    init(_ source: any ServerClock.Source) {
        self.source = source
        start = source.elapsed
    }

    /// Records that a row is about to be sent.
    func begin(_ row: Int) {
        let now = source.elapsed
        calls.withLock { $0[row] = Call(begun: now) }
    }

    /// Records that the response of a row was lost.
    func lose(_ row: Int) {
        let now = source.elapsed
        calls.withLock { $0[row]?.lost = now }
    }

    /// Removes a completed row.
    func end(_ row: Int) { calls.withLock { $0[row] = nil } }

    /// Returns the time since a row was about to be sent, which is at least the age of its effect.
    ///
    /// - Parameter time: The time in the journal, in milliseconds since 1970, for a row of an earlier process.
    /// - Returns: Nil if that time is in the future because the machine's clock was set back.
    func age(of row: Int, journaled time: Int) -> Duration? {
        if let known = calls.withLock({ $0[row] }) { return source.elapsed - known.begun }
        let age = Moment.now - time
        return age < 0 ? nil : .milliseconds(age)
    }

    /// Returns the rest of the given time since a row can have been sent last.
    ///
    /// An earlier process may have sent its rows at any time until it ended, however early it wrote them to the
    /// journal: a busy machine may have suspended it in between. It ended before this process took over the run.
    func rest(of time: Duration, forRow row: Int) -> Duration {
        let last = calls.withLock { $0[row]?.lost } ?? start
        return last + time - source.elapsed
    }

    /// Waits for a time.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func wait(for time: Duration) async throws(CancellationError) {
        try await source.sleep(until: source.elapsed + time)
    }
}
#endif
