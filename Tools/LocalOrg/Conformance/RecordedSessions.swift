import OktaRuntime

/// A recorded exchange.
struct Exchange {
    let cassette: String
    let sequence: Int
    let method: String
    /// Path and query.
    let target: String
    let host: String
    let headers: [(name: String, value: String)]
    let requestBody: String
    let status: Int
    let responseBody: String
    let operation: String?

    /// Reads a line of a recording; nil if the line has another form.
    init?(_ line: String) {
        guard let json = try? JSON(parsing: line), let request = json["request"], let response = json["response"],
            let url = request["url"]?.string, let method = request["method"]?.string,
            let status = response["status"]?.int, url.hasPrefix("http")
        else { return nil }
        let rest = url.drop { $0 != "/" }.dropFirst(2)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        cassette = json["cassette"]?.string ?? ""
        sequence = json["seq"]?.int ?? 0
        self.method = method
        self.host = String(host)
        target = String(rest.dropFirst(host.count))
        headers = (request["headers"]?.members ?? []).flatMap { name, values in
            (values.elements ?? [values]).compactMap { value in value.string.map { (name, $0) } }
        }
        requestBody = request["body"]?.string ?? ""
        self.status = status
        responseBody = response["body"]?.string ?? ""
        operation = json["operation"]?.string
    }

    /// The path, without the query.
    var path: String { String(target.prefix { $0 != "?" }) }

    var segments: [String] { path.split(separator: "/").map(String.init) }

    /// The recorded response, if it is JSON.
    var response: JSON? { try? JSON(parsing: responseBody) }

    /// The name of the operation in a report.
    var name: String { operation ?? "\(method) \(segments.prefix(4).joined(separator: "/"))" }
}

/// Recorded sessions, each in its recorded order.
struct RecordedSessions {
    let sessions: [[Exchange]]
    /// The number of lines that are not exchanges.
    let unreadable: Int

    init(_ text: String) {
        var sessions: [String: [Exchange]] = [:]
        var order: [String] = []
        var unreadable = 0
        for line in text.split(separator: "\n") {
            guard let exchange = Exchange(String(line)) else {
                unreadable += 1
                continue
            }
            if sessions[exchange.cassette] == nil { order.append(exchange.cassette) }
            sessions[exchange.cassette, default: []].append(exchange)
        }
        self.unreadable = unreadable
        self.sessions = order.map { name in
            (sessions[name] ?? []).enumerated().sorted {
                ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
            }.map(\.element)
        }
    }
}
