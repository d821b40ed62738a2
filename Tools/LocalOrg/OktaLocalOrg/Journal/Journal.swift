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
    public let status: Int
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

    init(capacity: Int) { self.capacity = capacity }

    mutating func add(_ entry: @autoclosure () -> JournalEntry) {
        guard capacity > 0 else { return }
        if entries.count >= 2 * capacity { entries.removeFirst(entries.count - capacity) }
        entries.append(entry())
    }

    mutating func removeAll() { entries = [] }
}
