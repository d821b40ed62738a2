import FlyingSocks

/// Reads requests one after the other from a connection.
struct RequestReader {
    let socket: AsyncSocket
    let beforeBody: LoopbackServer.HeadHandler?
    private var buffer: [UInt8] = []

    init(socket: AsyncSocket, beforeBody: LoopbackServer.HeadHandler?) {
        self.socket = socket
        self.beforeBody = beforeBody
    }

    /// The next request; `nil` when the client has closed the connection between two.
    mutating func next() async throws -> LoopbackRequest? {
        while headLength() == nil {
            do {
                buffer += try await socket.read(atMost: 4096)
            } catch SocketError.disconnected where buffer.isEmpty {
                return nil
            }
        }
        guard let length = headLength() else { return nil }
        let head = String(decoding: buffer[..<length], as: UTF8.self)
        buffer.removeFirst(length + 4)
        return try await request(head: head)
    }

    private func headLength() -> Int? {
        let end = Array("\r\n\r\n".utf8)
        guard buffer.count >= 4 else { return nil }
        return (0...buffer.count - 4).first { buffer[$0..<$0 + 4].elementsEqual(end) }
    }

    private mutating func request(head: String) async throws -> LoopbackRequest? {
        var lines = head.split(separator: "\r\n").makeIterator()
        let parts = (lines.next() ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var headers: [(name: String, value: String)] = []
        while let line = lines.next() {
            let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { return nil }
            headers.append((String(pair[0]), String(pair[1].drop { $0 == " " })))
        }
        func request(_ body: [UInt8]) -> LoopbackRequest {
            LoopbackRequest(method: String(parts[0]), target: String(parts[1]), headers: headers, body: body)
        }
        let bodyless = request([])
        await beforeBody?(bodyless)
        if bodyless.header("Transfer-Encoding")?.lowercased() == "chunked" { return request(try await chunkedBody()) }
        guard let length = Int(bodyless.header("Content-Length") ?? "0"), length >= 0 else { return nil }
        return request(try await take(length))
    }

    private mutating func chunkedBody() async throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            while buffer.firstIndex(of: 0x0A) == nil { buffer += try await socket.read(atMost: 4096) }
            let line = buffer.prefix { $0 != 0x0D && $0 != 0x0A }
            guard let size = Int(String(decoding: line, as: UTF8.self), radix: 16) else {
                throw SocketError.disconnected
            }
            _ = try await take(line.count + 2)
            body += try await take(size)
            _ = try await take(2)
            if size == 0 { return body }
        }
    }

    private mutating func take(_ count: Int) async throws -> [UInt8] {
        while buffer.count < count { buffer += try await socket.read(atMost: 64 << 10) }
        let bytes = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return bytes
    }
}
