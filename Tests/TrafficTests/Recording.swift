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
