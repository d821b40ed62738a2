public import OktaRuntime

/// What a test expects that an org was asked.
///
/// ```swift
/// try org.expect("POST /api/v1/users", body: ["profile": ["login": "ada@example.com"]])
/// try org.expect("DELETE /api/v1/users/{userId}", times: 0)
/// ```
public struct RequestExpectation: Sendable {
    /// Method and path; `{}` stands for any segment.
    public var route: String
    /// How often; nil for at least once.
    public var times: Int?
    /// Fields that the query must have, decoded.
    public var query: [String: String]
    /// What the body must contain: members of objects that are not named here are free.
    public var body: JSON?
    /// The status of the answer; nil for any.
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

    /// The requests that fit.
    ///
    /// - Throws: ``RequestMismatch`` when there are more or fewer than expected.
    func check(_ entries: [JournalEntry]) throws(RequestMismatch) -> [JournalEntry] {
        let found = entries.filter(fits)
        if times.map({ $0 == found.count }) ?? !found.isEmpty { return found }
        throw RequestMismatch(expectation: self, found: found.count, requests: entries)
    }

    private func fits(_ entry: JournalEntry) -> Bool { difference(entry) == nil }

    /// What is different about a request; nil when it fits.
    func difference(_ entry: JournalEntry) -> String? {
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
            guard let json = entry.json else { return "the body is no JSON" }
            if let place = Self.missing(body, in: json, at: "") { return "\(place) is not as expected" }
        }
        if let status, status != entry.status { return "the status is \(entry.status)" }
        return nil
    }

    /// The first place at which a value does not contain what is expected.
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

/// An org was asked something else than expected; says what instead.
public struct RequestMismatch: Error, CustomStringConvertible {
    /// What was expected.
    public let expectation: RequestExpectation
    /// How many requests fit.
    public let found: Int
    /// All requests.
    public let requests: [JournalEntry]

    /// What was expected, and the last requests with what is different about those to the same path.
    public var description: String {
        let wanted = expectation.times.map { "\($0) request\($0 == 1 ? "" : "s")" } ?? "a request"
        var lines = ["Expected \(wanted) \(expectation.route), but there \(found == 1 ? "was" : "were") \(found)."]
        if requests.isEmpty { lines.append("The org was asked nothing.") }
        for entry in requests.suffix(Self.shown) {
            let target = entry.query.isEmpty ? entry.path : entry.path + "?" + entry.query
            let difference = expectation.difference(entry).map { $0 == "another path" ? "" : " (\($0))" } ?? " (fits)"
            lines.append("  \(entry.method) \(target) -> \(entry.status)\(difference)")
        }
        if requests.count > Self.shown { lines.append("  and \(requests.count - Self.shown) before") }
        return lines.joined(separator: "\n")
    }

    private static let shown = 20
}
