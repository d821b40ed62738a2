/// A binary heap of waiting calls with the earliest deadline at the top. Calls that no longer wait are removed when
/// they reach the top, or when the heap has doubled in size.
struct DeadlineHeap: Sendable {
    private var entries: [(deadline: Duration, waiter: Waiter)] = []
    private var sizeToClean = 256

    /// Returns the earliest deadline of a waiting call.
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

    /// Removes the calls whose deadline has passed.
    mutating func removeExpired(at now: Duration) -> [Waiter] {
        remove { $0 <= now }
    }

    /// Removes the calls whose deadline is before a time.
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
        // A sorted array satisfies the heap property.
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
