/// The changes of a comparison, each once, in the order in which they were met.
struct ChangeCollector {
    private(set) var changes: [Change] = []
    private var indices: [Change.Key: Int] = [:]

    /// Adds a change; its index, also when it was known already.
    @discardableResult
    mutating func add(_ change: Change) -> Int {
        if let known = indices[change.key] { return known }
        indices[change.key] = changes.count
        changes.append(change)
        return changes.count - 1
    }
}
