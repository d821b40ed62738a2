/// A request as received by the server.
public struct LoopbackRequest: Sendable {
    /// The method, such as `GET`.
    public let method: String

    /// The path and query as sent.
    public let target: String

    /// The names and values in the order received.
    public let headers: [(name: String, value: String)]

    /// The body as received.
    public let body: [UInt8]

    /// The target without its query, still percent-encoded.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The percent-encoded query; `nil` if there is none.
    public var query: String? {
        target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
    }

    /// The body as UTF-8.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// Returns the first value of a header. Names are case-insensitive.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
