/// Reads requests one after the other from a connection.
struct RequestReader {
    private var bytes: SocketBytes
    private let beforeBody: LoopbackServer.HeadHandler?

    init(socket: LoopbackSocket, beforeBody: LoopbackServer.HeadHandler?) {
        bytes = SocketBytes(socket)
        self.beforeBody = beforeBody
    }

    /// Returns the next request; `nil` if the client has closed the connection or sent invalid HTTP.
    mutating func next() throws -> LoopbackRequest? {
        guard let first = try bytes.line() else { return nil }
        let parts = first.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let headers = try headers() else { return nil }
        func request(_ body: [UInt8]) -> LoopbackRequest {
            LoopbackRequest(method: parts[0], target: parts[1], headers: headers, body: body)
        }
        let head = request([])
        beforeBody?(head)
        if head.header("Transfer-Encoding")?.lowercased() == "chunked" { return try chunkedBody().map(request) }
        guard let length = Int(head.header("Content-Length") ?? "0"), length >= 0 else { return nil }
        return try bytes.take(length).map(request)
    }

    private mutating func headers() throws -> [(name: String, value: String)]? {
        var headers: [(name: String, value: String)] = []
        while let line = try bytes.line() {
            if line.isEmpty { return headers }
            let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { return nil }
            headers.append((String(pair[0]), String(pair[1].drop { $0 == " " })))
        }
        return nil
    }

    private mutating func chunkedBody() throws -> [UInt8]? {
        var body: [UInt8] = []
        while let line = try bytes.line(), let size = Int(line, radix: 16), size >= 0 {
            guard let chunk = try bytes.take(size), try bytes.take(2) != nil else { return nil }
            body += chunk
            if size == 0 { return body }
        }
        return nil
    }
}
