import Synchronization

/// Counts the callers that the loop has resumed together and that have not run yet.
///
/// A caller often makes its next call as soon as it runs. If every such call woke the loop, the loop would check all
/// its transfers once per call. The loop is therefore not woken until the last of these callers has run.
///
/// A caller may not run for a long time if its executor is busy. ``patience`` limits the time that the loop waits for
/// it.
struct ResumedCallers: ~Copyable {
    /// A caller's place in the count.
    struct Turn: Sendable {
        fileprivate let round: UInt64
    }

    /// The maximum time, in milliseconds, that a command waits for callers that have not run. It is the shortest time
    /// that libcurl can wait.
    static let patience = 1

    /// The number of the round in the upper half, and the number of its callers that have not run in the lower half.
    private let state = Atomic<UInt64>(0)

    /// Whether there are no callers to wait for.
    var isEmpty: Bool { state.load(ordering: .sequentiallyConsistent) & Self.countMask == 0 }

    /// Counts callers that are about to be resumed. Must be called on the loop's thread.
    func add(_ count: Int) -> Turn {
        let state = state.add(UInt64(count), ordering: .sequentiallyConsistent).newValue
        return Turn(round: state >> Self.countBits)
    }

    /// Records that a caller runs.
    ///
    /// - Returns: Whether it was the last one.
    func hasRun(_ turn: Turn) -> Bool {
        var current = state.load(ordering: .relaxed)
        while current >> Self.countBits == turn.round {
            let (exchanged, original) = state.weakCompareExchange(
                expected: current, desired: current - 1, ordering: .sequentiallyConsistent)
            if exchanged { return (current - 1) & Self.countMask == 0 }
            current = original
        }
        return false
    }

    /// Stops waiting for callers that have not run. Must be called on the loop's thread.
    func forget() {
        let round = state.load(ordering: .relaxed) >> Self.countBits
        state.store((round + 1) << Self.countBits, ordering: .sequentiallyConsistent)
    }

    private static let countBits: UInt64 = 32
    private static let countMask: UInt64 = 1 << countBits - 1
}
