import Synchronization

/// Counts the steps of a run.
final class StepCounter: Sendable {
    private let count = Mutex(0)

    /// The number of the step, starting at 0.
    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
