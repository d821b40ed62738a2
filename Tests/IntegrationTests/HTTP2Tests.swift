import Foundation
import OktaRuntime
import Testing

@Suite("HTTP/2 of a real server", .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct HTTP2Tests {
    @Test func aBurstSharesOneConnection() async throws {
        let transport = try Nginx.transport()
        let connections = try await texts(of: transport, .secure, "/connection", count: 100)
        #expect(Set(connections).count == 1)
    }

    /// The server says GOAWAY after every 50 requests of a connection, in the middle of a burst too; none is lost.
    @Test func goAwayLosesNothing() async throws {
        let transport = try Nginx.transport()
        var connections: [String] = []
        for _ in 0..<20 { connections += try await texts(of: transport, .goAway, "/connection", count: 30) }
        #expect(connections.count == 600)
        #expect(Set(connections).count >= 12)
    }

    @Test func uploadFromDiskArrives() async throws {
        let body = try BodyStream(contentsOfFile: Nginx.file("users.json"))
        let length = try #require(body.length)
        let transport = try Nginx.transport(streamBufferBytes: 16 << 10)
        for server in [Nginx.Server.plain, .secure] {
            let request = Nginx.request(server, "/upload", method: .post, streamedBody: body)
            #expect(try await transport.send(request).text == "\(length)")
        }
    }

    @Test func downloadIsWholeAndOverHTTP1() async throws {
        let expected = try Data(contentsOf: URL(fileURLWithPath: Nginx.file("users.json")))
        let transport = try Nginx.transport(streamBufferBytes: 16 << 10)
        let stream = try await transport.stream(Nginx.request(.secure, "/api/v1/users50"))
        #expect(try await stream.collect(upTo: .max) == Array(expected))
        let hint = try await transport.stream(Nginx.request(.secure, "/hint")).collect(upTo: 100)
        #expect(String(decoding: hint, as: UTF8.self).hasPrefix("HTTP/1.1"))
    }

    private func texts(
        of transport: CurlTransport,
        _ server: Nginx.Server,
        _ path: String,
        count: Int
    ) async throws -> [String] {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<count {
                group.addTask { try await transport.send(Nginx.request(server, path)).text }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
