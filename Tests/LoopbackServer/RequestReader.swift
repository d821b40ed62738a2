import FlyingSocks

/// Reads requests one after the other from a connection.
struct RequestReader {
    let socket: AsyncSocket
    private var buffer: [UInt8] = []

    init(socket: AsyncSocket) {
        self.socket = socket
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
        let lengthText = headers.first { $0.name.lowercased() == "content-length" }?.value
        guard let length = Int(lengthText ?? "0"), length >= 0 else { return nil }
        while buffer.count < length { buffer += try await socket.read(atMost: 4096) }
        let body = Array(buffer.prefix(length))
        buffer.removeFirst(length)
        return LoopbackRequest(method: String(parts[0]), target: String(parts[1]), headers: headers, body: body)
    }
}
