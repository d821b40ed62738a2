import OktaRuntime

/// A request to a local org, as it came in: nothing is decoded yet.
public struct LocalRequest: Sendable {
    /// The method, such as `GET`.
    public var method: String
    /// The path with its query, as sent.
    public var target: String
    /// The header fields, in order.
    public var headers: [(name: String, value: String)]
    /// The body; empty without one.
    public var body: [UInt8]

    /// Creates a request.
    public init(_ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field, whatever the letter case of its name.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.count == name.count && $0.name.lowercased() == name }?.value
    }
}

/// The answer of a local org.
public struct LocalResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields, in order; a name may occur more than once.
    public var headers: [(name: String, value: String)]
    /// The body; empty without one.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field, given in small letters.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// All values of a header field, given in small letters.
    public func headers(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map(\.value)
    }
}
