import LoopbackServer

/// An org that responds in all unusual ways. Each response has a mark `<n:NUMBER>` with the number of its request, so
/// that a response to the wrong client is detected.
enum OddOrg {
    static let kinds = 16

    /// Responds to a request for `/n/NUMBER/KIND`.
    static func respond(_ request: LoopbackRequest) -> LoopbackResponse {
        let parts = request.path.split(separator: "/")
        guard parts.count >= 3, let number = Int(parts[1]), let kind = Int(parts[2]) else { return .json("{}") }
        let mark = "<n:\(number)>"
        let credentials = request.header("Authorization") ?? ""
        func ok(_ fields: String, _ body: String) -> String { "HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n\(body)" }
        switch kind {
        case 0: return .response(body: Array(mark.utf8))
        case 1: return chunked(mark + String(repeating: "x", count: number * 37 % 5000), seed: number)
        case 2:
            return .response(body: Array((mark + request.headers.map { "\($0.name): \($0.value)\n" }.joined()).utf8))
        case 3: return .json(mark, headers: [("X-Echo", credentials), ("Link", "<\(credentials)>")])
        case 4: return chunked(mark + "before \(credentials) after", seed: number)
        // An additional response without a request.
        case 5: return .raw(ok("Content-Length: \(mark.utf8.count)", mark) + ok("Content-Length: 7", "<n:-1>x"))
        case 6:
            return LoopbackResponse().sending(
                ok("Content-Length: \(mark.utf8.count)", mark + ok("Content-Length: 7", "<n:-1>x")))
        case 7: return .raw(ok("Content-Length: 100", mark))
        case 8:
            return .raw(
                "HTTP/1.1 103 Early\r\nX: \(credentials)\r\n\r\n" + ok("Content-Length: \(mark.utf8.count)", mark))
        case 9: return .raw(ok("X-Fold: a\r\n \(credentials)\r\nno colon\r\n: empty\r\nConnection: close", mark))
        case 10: return .raw(ok("Content-Length: 3\r\nTransfer-Encoding: chunked", "5\r\n<n:-1\r\n0\r\n\r\n"))
        case 11: return .raw("HTTP/1.1 \(number % 2 == 0 ? 204 : 304) None\r\nContent-Length: 7\r\n\r\n<n:-1>x")
        case 12: return .json(mark + "\"\(credentials)\"", status: 400 + number % 100)
        case 13: return .json(mark, status: 401, headers: [("WWW-Authenticate", "SSWS \(credentials)")])
        case 14: return .raw("HTTP/1.1 \(credentials) OK\r\nContent-Length: 0\r\n\r\n")
        default: return .storm(number)
        }
    }

    private static func chunked(_ text: String, seed: Int) -> LoopbackResponse {
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        var response = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 1...30, using: &random)))
            rest = rest.dropFirst(piece.count)
            response = response.sending("\(String(piece.count, radix: 16))\r\n").sending(piece).sending("\r\n")
        }
        return response.sending("0\r\n\r\n")
    }
}
