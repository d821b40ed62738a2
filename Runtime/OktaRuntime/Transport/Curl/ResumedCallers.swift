import Synchronization

/// Counts the callers that the loop has resumed together and that have not run yet.
///
/// A caller often makes its next call as soon as it runs. If the loop were woken for the first of these calls, it would
/// look at all its transfers once for each of them. So the loop is not woken while others are still to run: the last one
/// that runs wakes it for all.
///
/// A caller may not run for long, because its executor is busy. ``patience`` limits how long the loop waits for it.
struct ResumedCallers: ~Copyable {
    /// A caller's place in the count.
    struct Turn: Sendable {
        fileprivate let round: UInt64
    }

    /// How long a command waits at most for the callers that are still to run, in milliseconds: the shortest time that
    /// libcurl can wait.
    static let patience = 1

    /// The number of the round in the upper half, and the callers of this round that have not run in the lower half.
    private let state = Atomic<UInt64>(0)

    /// Whether every caller has run, or is not waited for any more.
    var isEmpty: Bool { state.load(ordering: .sequentiallyConsistent) & Self.countMask == 0 }

    /// Counts callers that are about to be resumed. Only the loop's thread calls it.
    func add(_ count: Int) -> Turn {
        let state = state.add(UInt64(count), ordering: .sequentiallyConsistent).newValue
        return Turn(round: state >> Self.countBits)
    }

    /// Notes that a caller runs.
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

    /// Ends the wait for all that have not run. Only the loop's thread calls it.
    func forget() {
        let round = state.load(ordering: .relaxed) >> Self.countBits
        state.store((round + 1) << Self.countBits, ordering: .sequentiallyConsistent)
    }

    private static let countBits: UInt64 = 32
    private static let countMask: UInt64 = 1 << countBits - 1
}
