public import OktaRuntime

/// A request that a test expects the org to receive.
///
/// ```swift
/// try org.expect("POST /api/v1/users", body: ["profile": ["login": "ada@example.com"]])
/// try org.expect("DELETE /api/v1/users/{userId}", times: 0)
/// ```
public struct RequestExpectation: Sendable {
    /// The method and the path, such as `POST /api/v1/users/{userId}`; a placeholder matches any segment.
    public var route: String
    /// The expected number of requests; nil for at least one.
    public var times: Int?
    /// Required query parameters, decoded.
    public var query: [String: String]
    /// Required content of the body. Members that it does not name may have any value.
    public var body: JSON?
    /// The status of the response; nil for any.
    public var status: Int?

    /// Creates an expectation of at least one request.
    public init(
        _ route: String, times: Int? = nil, query: [String: String] = [:], body: JSON? = nil, status: Int? = nil
    ) {
        self.route = route
        self.times = times
        self.query = query
        self.body = body
        self.status = status
    }

    /// Returns the matching requests.
    ///
    /// - Throws: ``RequestMismatch`` if their number differs from the expected one.
    func check(_ entries: [ReceivedRequest]) throws(RequestMismatch) -> [ReceivedRequest] {
        let found = entries.filter(fits)
        if times.map({ $0 == found.count }) ?? !found.isEmpty { return found }
        throw RequestMismatch(expectation: self, found: found.count, requests: entries)
    }

    private func fits(_ entry: ReceivedRequest) -> Bool { difference(entry) == nil }

    /// Returns the first difference between a request and the expectation; nil if it matches.
    func difference(_ entry: ReceivedRequest) -> String? {
        let parts = route.split(separator: " ", maxSplits: 1).map(String.init)
        let (method, path) = parts.count == 2 ? (parts[0], parts[1]) : (nil, parts.first ?? "/")
        guard PathPattern(path).matches(RequestTarget(entry.path).segments) else { return "another path" }
        if let method, method != entry.method { return "another method" }
        let sent = RequestTarget("/?" + entry.query).query
        for (name, value) in query.sorted(by: { $0.key < $1.key })
        where !sent.contains(where: { $0.name == name && $0.value == value }) {
            let values = sent.filter { $0.name == name }.map { "'\($0.value)'" }
            return "'\(name)' is \(values.isEmpty ? "missing" : values.joined(separator: ", "))"
        }
        if let body {
            guard let json = entry.json else { return "the body is not JSON" }
            if let place = Self.missing(body, in: json, at: "") { return "\(place) is not as expected" }
        }
        if let status, status != entry.status { return "the status is \(entry.status)" }
        return nil
    }

    /// Returns the first place at which a value does not contain the expected one.
    private static func missing(_ expected: JSON, in json: JSON, at path: String) -> String? {
        let place = path.isEmpty ? "the body" : "'\(path)'"
        guard let members = expected.members, expected.kind == .object else { return expected == json ? nil : place }
        guard json.kind == .object else { return place }
        for (name, value) in members {
            let inner = path.isEmpty ? name : path + "." + name
            guard let own = json[name] else { return "'\(inner)'" }
            if let missing = missing(value, in: own, at: inner) { return missing }
        }
        return nil
    }
}

/// An error for requests that differ from an expectation.
public struct RequestMismatch: Error, CustomStringConvertible {
    /// The expectation that the requests did not meet.
    public let expectation: RequestExpectation
    /// The number of matching requests.
    public let found: Int
    /// All requests in the journal, newest last.
    public let requests: [ReceivedRequest]

    /// The expectation and the last requests, each with its difference if the path matches.
    public var description: String {
        let wanted = expectation.times.map { "\($0) request\($0 == 1 ? "" : "s")" } ?? "a request"
        var lines = ["Expected \(wanted) \(expectation.route), but there \(found == 1 ? "was" : "were") \(found)."]
        if requests.isEmpty { lines.append("The org received no requests.") }
        for entry in requests.suffix(Self.shown) {
            let target = entry.query.isEmpty ? entry.path : entry.path + "?" + entry.query
            let difference = expectation.difference(entry).map { $0 == "another path" ? "" : " (\($0))" } ?? " (match)"
            lines.append("  \(entry.method) \(target) -> \(entry.status)\(difference)")
        }
        if requests.count > Self.shown { lines.append("  and \(requests.count - Self.shown) before") }
        return lines.joined(separator: "\n")
    }

    private static let shown = 20
}
