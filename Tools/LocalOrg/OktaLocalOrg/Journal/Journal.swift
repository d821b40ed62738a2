/// A request that a local org has answered.
public struct JournalEntry: Sendable {
    /// The method.
    public let method: String
    /// The path, without the query.
    public let path: String
    /// The query, without `?`; empty without one.
    public let query: String
    /// The request's body.
    public let body: [UInt8]
    /// The status of the answer.
    public let status: Int
    /// The method and path of the operation, such as `GET /api/v1/users/{userId}`; nil for an unknown path.
    public let operation: String?
}

/// The requests that an org has answered, the latest last.
struct Journal: Sendable {
    private(set) var entries: [JournalEntry] = []
    /// The oldest entries are dropped beyond this.
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    mutating func add(_ entry: JournalEntry) {
        guard capacity > 0 else { return }
        if entries.count >= 2 * capacity { entries.removeFirst(entries.count - capacity) }
        entries.append(entry)
    }

    mutating func removeAll() { entries = [] }
}
