/// A response as received.
struct RawResponse: Sendable {
    let head: [UInt8]
    /// The body without its framing.
    let body: [UInt8]
    /// Whether the body ends as stated in its head.
    let isComplete: Bool

    var lines: [String] {
        String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    var status: Int { Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }

    func values(_ name: String) -> [String] {
        lines.dropFirst().compactMap { line in
            let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return pair.count == 2 && pair[0].lowercased() == name ? String(pair[1].drop { $0 == " " }) : nil
        }
    }

    /// The proxy's own error.
    var proxyError: String? { values("x-okta-proxy-error").first }
}

/// Reads responses one after the other from a connection.
struct RawClient {
    struct NoResponse: Error {}

    let connection: RawConnection
    private var held: [UInt8] = []

    init(port: Int) throws { connection = try RawConnection(port: port) }

    /// Sends a request and reads its response.
    mutating func exchange(_ request: String) async throws -> RawResponse {
        try await connection.send(request)
        return try await response(isHead: request.hasPrefix("HEAD "))
    }

    /// Sends a request on a new connection.
    static func exchange(_ port: Int, _ request: String) async throws -> RawResponse {
        var client = try RawClient(port: port)
        return try await client.exchange(request)
    }

    /// A `GET` on a new connection.
    static func get(_ port: Int, _ target: String, fields: [String] = []) async throws -> RawResponse {
        try await exchange(port, request("GET", target, fields))
    }

    /// Returns the text of a request.
    static func request(_ method: String, _ target: String, _ fields: [String] = [], body: String? = nil) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1"] + fields
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    /// Reads the next response, which may be an interim one.
    mutating func response(isHead: Bool = false) async throws -> RawResponse {
        while true {
            if let end = endOfHead {
                let head = Array(held[..<end])
                held.removeFirst(end)
                return try await response(head, isHead)
            }
            guard try await more() else { throw NoResponse() }
        }
    }

    private var endOfHead: Int? {
        guard held.count >= 4 else { return nil }
        for start in 0...held.count - 4 where held[start..<start + 4].elementsEqual([13, 10, 13, 10]) {
            return start + 4
        }
        return nil
    }

    private mutating func more() async throws -> Bool {
        let bytes = try await connection.receive()
        held += bytes
        return !bytes.isEmpty
    }

    private mutating func response(_ head: [UInt8], _ isHead: Bool) async throws -> RawResponse {
        let bare = RawResponse(head: head, body: [], isComplete: true)
        if isHead || bare.status < 200 || [204, 304].contains(bare.status) { return bare }
        if bare.values("transfer-encoding").first == "chunked" { return try await chunked(head) }
        if let length = bare.values("content-length").first.flatMap({ Int($0) }) {
            while held.count < length, try await more() {}
            let body = Array(held.prefix(length))
            held.removeFirst(body.count)
            return RawResponse(head: head, body: body, isComplete: body.count == length)
        }
        while try await more() {}
        defer { held = [] }
        return RawResponse(head: head, body: held, isComplete: true)
    }

    private mutating func chunked(_ head: [UInt8]) async throws -> RawResponse {
        var body: [UInt8] = []
        while true {
            var end = held.firstIndex(of: 10)
            while end == nil, try await more() { end = held.firstIndex(of: 10) }
            guard let end, let size = Int(String(decoding: held[..<end].dropLast(), as: UTF8.self), radix: 16) else {
                return RawResponse(head: head, body: body, isComplete: false)
            }
            held.removeFirst(end + 1)
            while held.count < size + 2, try await more() {}
            guard held.count >= size + 2 else {
                return RawResponse(head: head, body: body + held.prefix(size), isComplete: false)
            }
            body += held.prefix(size)
            held.removeFirst(size + 2)
            if size == 0 { return RawResponse(head: head, body: body, isComplete: true) }
        }
    }
}
