#if LocalOrg
import Dispatch
import OktaLocalOrg
import OktaRuntime

@testable import LoopbackServer

/// HTTP as bytes over a socket, for deliberate and accidental client behavior that libraries do not allow.
enum RawHTTP {
    /// A response as received, up to the end of the connection.
    struct Response: Sendable {
        let bytes: [UInt8]

        /// The responses in order. An interim response has no body.
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

        /// Whether the body has the length stated in the head.
        var isComplete: Bool { fields("content-length").first.flatMap { Int($0) } == body.utf8.count }
    }

    /// Sends a request without a body on its own connection.
    static func get(_ org: LocalOrg, _ target: String, method: String = "GET") async throws -> Response {
        try await send(org, ["\(method) \(target) HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n"])
    }

    static let fields = "Host: 127.0.0.1\r\nAuthorization: SSWS any\r\n"

    /// Sends pieces one after the other, and reads until the org closes the connection.
    ///
    /// - Parameters:
    ///   - closes: Whether this end is closed for writing after the last piece.
    ///   - awaited: The bytes that must have been received before the second piece is sent.
    static func send(
        _ org: LocalOrg, _ pieces: [String], closes: Bool = false, awaited: String? = nil
    ) async throws -> Response {
        let port = UInt16(org.url.split(separator: ":").last ?? "") ?? 0
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchange(port, pieces, closes, awaited) })
            }
        }
    }

    private static func exchange(
        _ port: UInt16, _ pieces: [String], _ closes: Bool, _ awaited: String?
    ) throws -> Response {
        let socket = try LoopbackSocket.connected(to: port)
        defer { socket.close() }
        var received: [UInt8] = []
        // A reset also ends the connection.
        func read() -> Bool {
            guard let bytes = try? socket.read(atMost: 65_536), !bytes.isEmpty else { return false }
            received += bytes
            return true
        }
        for (position, piece) in pieces.enumerated() {
            while position == 1, let awaited, !String(decoding: received, as: UTF8.self).contains(awaited) {
                guard read() else { return Response(bytes: received) }
            }
            try socket.write(Array(piece.utf8))
        }
        if closes { socket.endWriting() }
        while read() {}
        return Response(bytes: received)
    }
}
#endif
