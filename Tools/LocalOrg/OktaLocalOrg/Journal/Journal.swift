public import OktaRuntime

/// A request that a local org has answered.
public struct JournalEntry: Sendable {
    /// The method.
    public let method: String
    /// The path, without the query.
    public let path: String
    /// The query, without `?`; empty without one.
    public let query: String
    /// The header fields as they came in.
    let fields: [(name: String, value: String)]
    /// The request's body.
    public let body: [UInt8]
    /// The status of the answer.
    public internal(set) var status: Int
    /// The method and path of the operation, such as `GET /api/v1/users/{userId}`; nil for an unknown path.
    public let operation: String?

    /// The header fields, in order, without the credentials.
    public var headers: [(name: String, value: String)] {
        fields.filter { !HeaderName.same($0.name, "authorization") && !HeaderName.same($0.name, "cookie") }
    }

    /// The body as JSON; nil when it is none.
    public var json: JSON? { try? JSON(parsing: body) }

    /// The first value of a header field, whatever the letter case of its name.
    public func header(_ name: String) -> String? { headers.first { HeaderName.same($0.name, name) }?.value }

    /// The first value of a field of the query, decoded.
    public func query(_ name: String) -> String? { RequestTarget("/?" + query)[name] }
}

/// The requests that an org has answered, the latest last.
struct Journal: Sendable {
    private(set) var entries: [JournalEntry] = []
    /// The oldest entries are dropped beyond this.
    private let capacity: Int
    /// How many entries were dropped.
    private var dropped = 0

    init(capacity: Int) { self.capacity = capacity }

    /// Adds an entry; its number, by which it is found again.
    @discardableResult
    mutating func add(_ entry: @autoclosure () -> JournalEntry) -> Int {
        guard capacity > 0 else { return -1 }
        if entries.count >= 2 * capacity { drop(entries.count - capacity) }
        entries.append(entry())
        return dropped + entries.count - 1
    }

    /// Notes the status that a request got at last.
    mutating func set(status: Int, ofEntry number: Int) {
        guard entries.indices.contains(number - dropped) else { return }
        entries[number - dropped].status = status
    }

    mutating func removeAll() { drop(entries.count) }

    private mutating func drop(_ count: Int) {
        entries.removeFirst(count)
        dropped += count
    }
}
