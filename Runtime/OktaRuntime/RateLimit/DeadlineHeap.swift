/// Waiting calls by deadline, the earliest first: a binary heap. Calls that no longer wait leave it when they come to
/// the top, or when they have become the greater part.
struct DeadlineHeap: Sendable {
    private var entries: [(deadline: Duration, waiter: Waiter)] = []
    private var sizeToClean = 256

    /// The earliest deadline of a call that still waits.
    mutating func earliest() -> Duration? {
        while let first = entries.first, first.waiter.isDecided { removeFirst() }
        return entries.first?.deadline
    }

    mutating func insert(_ waiter: Waiter) {
        guard let deadline = waiter.deadline else { return }
        if entries.count >= sizeToClean { clean() }
        entries.append((deadline, waiter))
        rise(from: entries.count - 1)
    }

    /// Takes out the calls whose deadline has passed.
    mutating func removeExpired(at now: Duration) -> [Waiter] {
        remove { $0 <= now }
    }

    /// Takes out the calls whose deadline is before a moment.
    mutating func removeAll(before moment: Duration) -> [Waiter] {
        remove { $0 < moment }
    }

    private mutating func remove(while isDue: (Duration) -> Bool) -> [Waiter] {
        var removed: [Waiter] = []
        while let deadline = earliest(), isDue(deadline), let first = entries.first {
            removed.append(first.waiter)
            removeFirst()
        }
        return removed
    }

    private mutating func clean() {
        // In order, a list is a heap.
        entries = entries.filter { !$0.waiter.isDecided }.sorted { $0.deadline < $1.deadline }
        sizeToClean = max(256, entries.count * 2)
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        sink(from: 0)
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].deadline < entries[parent].deadline else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].deadline < entries[least].deadline { least = child }
            }
            guard least != parent else { return }
            entries.swapAt(least, parent)
            parent = least
        }
    }
}
