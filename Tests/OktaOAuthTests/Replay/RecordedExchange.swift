import Foundation
import HTTPTypes
import OktaRuntime
import Testing

/// One exchange of a recording: a line of a JSONL file.
struct RecordedExchange: Sendable {
    let cassette: String
    let method: String
    let url: String
    let requestHeaders: [String: [String]]
    let response: TransportResponse

    init?(line: some StringProtocol) {
        guard let json = try? JSON(parsing: String(line)), let cassette = json["cassette"]?.string,
            let request = json["request"], let method = request["method"]?.string, let url = request["url"]?.string,
            let recorded = json["response"], let status = recorded["status"]?.int, let body = recorded["body"]?.string
        else { return nil }
        self.cassette = cassette
        self.method = method
        self.url = url
        requestHeaders = Self.headers(of: request)
        var fields = HTTPFields()
        for (name, values) in Self.headers(of: recorded) {
            guard let name = HTTPField.Name(name) else { continue }
            for value in values { fields.append(HTTPField(name: name, value: value)) }
        }
        response = TransportResponse(
            head: HTTPResponse(status: .init(code: status), headerFields: fields), body: Array(body.utf8))
    }

    private static func headers(of json: JSON) -> [String: [String]] {
        var headers: [String: [String]] = [:]
        for (name, values) in json["headers"]?.members ?? [] {
            headers[name.lowercased()] = values.elements?.compactMap(\.string) ?? []
        }
        return headers
    }

    var isTokenRequest: Bool { url.contains("/oauth2/v1/token") }

    /// The OAuth error of the response.
    var error: String? { (try? JSON(parsing: response.body))?["error"]?.string }

    /// The scheme and host.
    var orgURL: String { String(url.dropLast(target.count)) }

    /// The path and query.
    var target: String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return String(url[scheme.upperBound...].drop { $0 != "/" })
    }
}
