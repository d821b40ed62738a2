import Synchronization

/// Counts by number, usable from any task.
final class Tally: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    func add(_ count: Int = 1, to number: Int = 0) { counts.withLock { $0[number, default: 0] += count } }

    subscript(number: Int) -> Int { counts.withLock { $0[number, default: 0] } }
}
