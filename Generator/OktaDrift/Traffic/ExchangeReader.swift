import Foundation
import OktaCatalog
import YAML

/// Reads recordings: a JSON object a line, or a HAR file.
struct ExchangeReader {
    /// The exchanges of a file; what can not be read is reported with its line and never shown.
    func exchanges(of file: SourceFile, reporting diagnostics: inout Diagnostics) -> [Exchange] {
        let text = String(decoding: file.bytes, as: UTF8.self)
        if let whole = RecordedHAR(text) {
            return whole.log.entries.compactMap { $0.exchange(at: Self.place(1, file)) }
        }
        var exchanges: [Exchange] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            let place = Self.place(index + 1, file)
            if let recorded = try? JSONDecoder().decode(RecordedExchange.self, from: Data(line.utf8)) {
                if let exchange = recorded.exchange(at: place) { exchanges.append(exchange) }
                continue
            }
            diagnostics.report(
                Diagnostic(
                    rule: "traffic-unreadable", "this line is no recorded exchange", at: place,
                    hint: "each line is an object with `request` {method, url} and `response` {status, body}, "
                        + "or the file is a HAR"))
        }
        return exchanges
    }

    private static func place(_ line: Int, _ file: SourceFile) -> SourceLocation {
        let mark = SourceMark(line: line, column: 1)
        return SourceLocation(file: file.path, start: mark, end: mark)
    }
}

/// The parts of a recorded exchange that are looked at, of both forms.
private struct RecordedExchange: Decodable {
    struct Request: Decodable {
        var method: String
        var url: String
    }

    struct Response: Decodable {
        struct Content: Decodable {
            var text: String?
            var encoding: String?
        }

        var status: Int
        var body: String?
        var content: Content?

        var text: String? {
            guard let content else { return body }
            guard content.encoding == "base64" else { return content.text }
            return content.text.flatMap { Data(base64Encoded: $0) }.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    var request: Request
    var response: Response

    func exchange(at place: SourceLocation) -> Exchange? {
        guard let path = URLComponents(string: request.url)?.percentEncodedPath, path.hasPrefix("/") else { return nil }
        return Exchange(
            method: request.method.uppercased(), path: path, status: response.status,
            body: response.text.flatMap { $0.isEmpty ? nil : RecordedValue(json: $0) }, location: place)
    }
}

/// An HTTP Archive.
private struct RecordedHAR: Decodable {
    struct Log: Decodable {
        var entries: [RecordedExchange]
    }

    var log: Log

    init?(_ text: String) {
        // Lines of objects are no single JSON value; an archive is.
        guard let har = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = har
    }
}
