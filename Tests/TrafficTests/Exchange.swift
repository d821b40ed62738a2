import Okta

/// One recorded exchange with an org: a line of a JSONL file.
struct Exchange: Sendable {
    let method: String
    /// The path as sent, without the query.
    let path: String
    let status: Int
    /// The response's body as received; empty if there was none.
    let body: String

    /// Reads a line; nil when it is not an exchange.
    init?(line: String) {
        guard let json = try? JSON(parsing: line), let request = json["request"], let response = json["response"],
            let method = request["method"]?.string, let url = request["url"]?.string,
            let status = response["status"]?.int
        else { return nil }
        self.method = method
        path = Self.path(of: url)
        self.status = status
        // Responses without content are recorded with null or without the member.
        body = response["body"]?.string ?? ""
    }

    private static func path(of url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let path = rest.drop { $0 != "/" }.prefix { $0 != "?" && $0 != "#" }
        return path.isEmpty ? "/" : String(path)
    }
}
