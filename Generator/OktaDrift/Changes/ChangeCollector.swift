/// The changes of a comparison without duplicates, in the order of discovery.
struct ChangeCollector {
    private(set) var changes: [Change] = []
    private var indices: [Change.Key: Int] = [:]

    /// Adds a change; returns its index, even when it is a duplicate.
    @discardableResult
    mutating func add(_ change: Change) -> Int {
        if let known = indices[change.key] { return known }
        indices[change.key] = changes.count
        changes.append(change)
        return changes.count - 1
    }
}
