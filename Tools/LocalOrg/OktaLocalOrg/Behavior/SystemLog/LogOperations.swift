import OktaRuntime

/// The System Log: events in a time range, or from a cursor on for clients that poll.
enum LogOperations {
    static let all: [Operation] = [
        Operation("GET", "/api/v1/logs") { call, org throws(OrgFault) in try list(call, &org) }
    ]

    /// The parameters of a request.
    private struct Query {
        let since: Int
        let until: Int
        let descends: Bool
        let limit: Int
        let matcher: FilterMatcher?
        let words: [TextPattern]
        /// Whether the query is unbounded: ascending and without `until`.
        let polls: Bool
        /// The position of the first event, from the cursor.
        let position: Int?

        init(_ call: Call, _ org: OrgState) throws(OrgFault) {
            let until = try time(call.query("until"), "until")
            let since = try time(call.query("since"), "since")
            switch call.query("sortOrder")?.uppercased() {
            case nil, "", "ASCENDING": descends = false
            case "DESCENDING": descends = true
            default: throw .invalid("sortOrder", "sortOrder: must be ASCENDING or DESCENDING")
            }
            if let since, let until, since > until {
                throw .invalid("since", "since: must not be later than until")
            }
            let text = call.query("limit") ?? "100"
            guard let limit = Int(text), (0...1000).contains(limit) else {
                throw .invalid("limit", "limit: must be an integer between 0 and 1000")
            }
            self.limit = limit
            matcher = try call.query("filter").flatMap { text throws(OrgFault) -> FilterMatcher? in
                text.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
                    ? nil : FilterMatcher(try FilterExpression.requested(text))
            }
            let words = (call.query("q") ?? "").split(separator: " ")
            guard words.count <= 10, words.allSatisfy({ $0.count <= 40 }) else {
                throw .invalid("q", "q: at most 10 keywords of at most 40 characters each")
            }
            self.words = words.map { TextPattern(String($0), isExact: false) }
            polls = until == nil && !descends
            position = try call.query("after").flatMap { text throws(OrgFault) -> Int? in
                text.isEmpty ? nil : try LogOperations.position(text, org)
            }
            self.until = until ?? Int.max
            // Without `since` and a cursor, the range is the seven days before its end.
            self.since = since ?? (position == nil ? (until ?? org.now.seconds) - 7 * 86_400 : Int.min)
        }
    }

    /// Returns seconds since 1970. A fraction is rounded up, since event times are whole seconds.
    private static func time(_ text: String?, _ name: String) throws(OrgFault) -> Int? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = LogQueryTime.seconds(text) else {
            throw .invalid(name, "\(name): The date format in your query is not recognized.")
        }
        return time
    }

    /// Returns the position of a cursor such as `1764000000000_12`. It identifies an event, so new events do not move
    /// it.
    private static func position(_ cursor: String, _ org: OrgState) throws(OrgFault) -> Int {
        let parts = cursor.split(separator: "_")
        guard parts.count == 2, Int(parts[0]) != nil, let position = Int(parts[1]),
            (-1...org.log.count).contains(position)
        else { throw .invalidCursor() }
        return position
    }

    private static func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let query = try Query(call, org)
        let log = org.log
        var position = query.position ?? (query.descends ? log.count - 1 : 0)
        var found: [JSON] = []
        while log.indices.contains(position), found.count < query.limit {
            let event = log[position]
            position += query.descends ? -1 : 1
            guard event.published.seconds >= query.since, event.published.seconds < query.until else { continue }
            let row = LogRow(event)
            if let matcher = query.matcher, !matcher.matches(row) { continue }
            if !query.words.isEmpty {
                let text = row.json.text
                guard query.words.allSatisfy({ $0.holds(text, .contains) }) else { continue }
            }
            found.append(row.json)
        }
        let hasMore = log.indices.contains(position) && query.limit > 0
        var response = OrgResponse.json(JSON(found))
        response.headers = PageRule(100, maximum: 1000).links(
            call, limit: query.limit,
            next: query.polls || hasMore ? "\(org.now.seconds)000_\(position)" : nil)
        return response
    }
}
