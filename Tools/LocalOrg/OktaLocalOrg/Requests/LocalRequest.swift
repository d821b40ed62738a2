import OktaRuntime

/// A request to a local org as received, without decoding.
public struct LocalRequest: Sendable {
    /// The method, such as `GET`.
    public var method: String
    /// The path and query, as sent.
    public var target: String
    /// The header fields in order.
    public var headers: [(name: String, value: String)]
    /// The body, or empty.
    public var body: [UInt8]

    /// Creates a request.
    public init(_ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// Returns the first value of a header field; names are case-insensitive.
    public func header(_ name: String) -> String? {
        headers.first { HeaderName.same($0.name, name) }?.value
    }

    /// Returns the value of a cookie.
    func cookie(_ name: String) -> String? {
        for field in headers where HeaderName.same(field.name, "cookie") {
            for pair in field.value.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { continue }
                return String(pair[pair.index(after: equals)...])
            }
        }
        return nil
    }
}

/// Comparison of header field names, which are case-insensitive ASCII.
enum HeaderName {
    static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || folded($0) == folded($1) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}

/// The response of a local org.
public struct LocalResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields in order. A name may occur more than once.
    public var headers: [(name: String, value: String)]
    /// The body, or empty.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Returns the first value of a header field; names are case-insensitive.
    public func header(_ name: String) -> String? {
        headers.first { HeaderName.same($0.name, name) }?.value
    }

    /// Returns all values of a header field; names are case-insensitive.
    public func headers(_ name: String) -> [String] {
        headers.filter { HeaderName.same($0.name, name) }.map(\.value)
    }
}
