public import OktaRuntime

/// A request that a local org received, with the status of its response.
public struct ReceivedRequest: Sendable {
    /// The HTTP method, such as `GET`.
    public let method: String
    /// The path without the query.
    public let path: String
    /// The query without `?`, or empty.
    public let query: String
    /// The header fields as received.
    let fields: [(name: String, value: String)]
    /// The request's body.
    public let body: [UInt8]
    /// The status of the response.
    public internal(set) var status: Int
    /// The method and path of the operation, such as `GET /api/v1/users/{userId}`; nil for an unknown path.
    public let operation: String?

    /// The header fields in order, without credentials.
    public var headers: [(name: String, value: String)] {
        fields.filter { !HeaderName.same($0.name, "authorization") && !HeaderName.same($0.name, "cookie") }
    }

    /// The body as JSON; nil if it is not JSON.
    public var json: JSON? { try? JSON(parsing: body) }

    /// Returns the first value of a header field; names are case-insensitive.
    public func header(_ name: String) -> String? { headers.first { HeaderName.same($0.name, name) }?.value }

    /// Returns the first value of a query parameter, decoded.
    public func query(_ name: String) -> String? { RequestTarget("/?" + query)[name] }
}

/// The requests that an org handled, newest last.
struct RequestJournal: Sendable {
    private(set) var entries: [ReceivedRequest] = []
    /// The number of latest entries to keep. At twice this number, the older ones are dropped.
    private let capacity: Int
    /// The number of dropped entries.
    private var dropped = 0

    init(capacity: Int) { self.capacity = capacity }

    /// Adds an entry and returns its number.
    @discardableResult
    mutating func add(_ entry: @autoclosure () -> ReceivedRequest) -> Int {
        guard capacity > 0 else { return -1 }
        if entries.count >= 2 * capacity { drop(entries.count - capacity) }
        entries.append(entry())
        return dropped + entries.count - 1
    }

    /// Sets the final status of an entry.
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
