#if LocalOrg
import Dispatch
import OktaLocalOrg
import OktaRuntime
#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

/// HTTP as bytes over a socket, for what clients do on purpose or by mistake and libraries do not.
enum RawHTTP {
    /// An answer as it came, up to the end of the connection.
    struct Answer: Sendable {
        let bytes: [UInt8]

        /// The answers, one behind the other; an interim one has no body.
        var text: String { String(decoding: bytes, as: UTF8.self) }
        private var parts: (head: String, body: String) {
            guard let end = text.firstRange(of: "\r\n\r\n") else { return (text, "") }
            return (String(text[..<end.lowerBound]), String(text[end.upperBound...]))
        }

        var status: Int { Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0 }
        var body: String { parts.body }
        var json: JSON? { try? JSON(parsing: body) }

        func fields(_ name: String) -> [String] {
            parts.head.split(separator: "\r\n").compactMap { line in
                let pair = line.split(separator: ":", maxSplits: 1)
                guard pair.count == 2, pair[0].lowercased() == name else { return nil }
                return String(pair[1].drop { $0 == " " })
            }
        }

        /// Whether the body has the length that the head announces.
        var isComplete: Bool { fields("content-length").first.flatMap { Int($0) } == body.utf8.count }
    }

    struct Failure: Error {
        let call: String
    }

    /// A request without a body, on a connection that ends with it.
    static func get(_ org: LocalOrg, _ target: String, method: String = "GET") async throws -> Answer {
        try await send(org, ["\(method) \(target) HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n"])
    }

    static let fields = "Host: 127.0.0.1\r\nAuthorization: SSWS any\r\n"

    /// Sends pieces one after the other, and reads until the org closes the connection.
    ///
    /// - Parameters:
    ///   - closes: Whether this end is closed for writing behind the last piece.
    ///   - awaited: What must have come before the second piece is sent.
    static func send(
        _ org: LocalOrg, _ pieces: [String], closes: Bool = false, awaited: String? = nil
    ) async throws -> Answer {
        let port = UInt16(org.url.split(separator: ":").last ?? "") ?? 0
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchange(port, pieces, closes, awaited) })
            }
        }
    }

    private static func exchange(
        _ port: UInt16, _ pieces: [String], _ closes: Bool, _ awaited: String?
    ) throws -> Answer {
        let descriptor = try connection(port)
        defer { close(descriptor) }
        var received: [UInt8] = []
        for (position, piece) in pieces.enumerated() {
            while position == 1, let awaited, !String(decoding: received, as: UTF8.self).contains(awaited) {
                guard try read(descriptor, &received) else { return Answer(bytes: received) }
            }
            try write(descriptor, Array(piece.utf8))
        }
        if closes { shutdown(descriptor, Int32(SHUT_WR)) }
        while try read(descriptor, &received) {}
        return Answer(bytes: received)
    }

    private static func connection(_ port: UInt16) throws -> Int32 {
        #if canImport(Darwin)
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            close(descriptor)
            throw Failure(call: "connect")
        }
        return descriptor
    }

    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { systemSend(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure(call: "send") }
            sent += count
        }
    }

    private static func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        return Darwin.send(descriptor, bytes, count, 0)
        #else
        return Glibc.send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
        #endif
    }

    /// Whether bytes came. A connection that is reset has ended too.
    private static func read(_ descriptor: Int32, _ received: inout [UInt8]) throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}
#endif
