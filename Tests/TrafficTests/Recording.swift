import Foundation
import HTTPTypes
import Okta
import Testing

/// The exchanges of recordings, with their actions.
struct Recording {
    /// A response with an action's model.
    struct Response {
        let action: ActionDescriptor
        let path: String
        /// The model, and whether the response is a list.
        let model: String
        let isList: Bool
        let json: JSON
    }

    let exchanges: [Exchange]

    /// Reads files with one JSON object per line.
    init(paths: [String]) throws {
        var exchanges: [Exchange] = []
        for path in paths {
            let data = try #require(FileManager.default.contents(atPath: path), "no readable file: \(path)")
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
                exchanges.append(try #require(Exchange(line: String(line)), "a line is not an exchange: \(path)"))
            }
        }
        self.exchanges = exchanges
    }

    /// Reads one of our own recordings.
    init(fixture: String) throws {
        let url = Bundle.module.url(forResource: fixture, withExtension: "jsonl", subdirectory: "Fixtures")
        try self.init(paths: [try #require(url).path])
    }

    /// The files in OKTA_TRAFFIC, separated by colons; nil if there are none.
    static var named: [String]? {
        let paths = (ProcessInfo.processInfo.environment["OKTA_TRAFFIC"] ?? "").split(separator: ":").map(String.init)
        return paths.isEmpty ? nil : paths
    }

    /// The successful responses with a model or a list of models.
    var responses: [Response] {
        exchanges.compactMap { exchange in
            guard (200..<300).contains(exchange.status), let json = try? JSON(parsing: exchange.body),
                let method = HTTPRequest.Method(exchange.method),
                let action = ActionRegistry.okta.action(method: method, path: exchange.path),
                let returns = action.returns, !["json", "bytes"].contains(returns)
            else { return nil }
            return Response(
                action: action, path: exchange.path, model: returns.trimmingCharacters(in: ["[", "]"]),
                isList: returns.hasPrefix("["), json: json)
        }
    }
}

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
