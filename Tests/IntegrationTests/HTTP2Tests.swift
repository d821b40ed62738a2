import Foundation
import HTTPTypes
import OktaRuntime
import Testing

@Suite("HTTP/2 of a real server", .hangLimit, .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct HTTP2Tests {
    @Test("HTTP/2: a burst of calls shares one connection") func aBurstSharesOneConnection() async throws {
        let transport = try Nginx.transport()
        let connections = try await texts(of: transport, .secure, "/connection", count: 100)
        #expect(Set(connections).count == 1)
    }

    /// The server sends GOAWAY after every 50 requests of a connection. The next request uses a new connection.
    @Test("HTTP/2: GOAWAY between two requests loses nothing") func goAwayBetweenRequestsLosesNothing() async throws {
        let transport = try Nginx.transport()
        var connections: Set<String> = []
        for _ in 0..<120 { connections.insert(try await transport.send(Nginx.request(.goAway, "/connection")).text) }
        #expect(connections.count == 3)
    }

    /// In the middle of a burst, GOAWAY refuses the later streams. libcurl retries them, but not endlessly: each call
    /// ends with a response or with a lost connection, which the retry policy handles, and the transport remains
    /// usable.
    @Test("HTTP/2: GOAWAY during a burst ends every call") func goAwayInABurstEndsEveryCall() async throws {
        let transport = try Nginx.transport()
        let ends = await withTaskGroup(of: TransportError.Kind?.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    do throws(TransportError) {
                        _ = try await transport.send(Nginx.request(.goAway, "/connection"))
                        return nil
                    } catch {
                        return error.kind
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ends.count == 300)
        #expect(ends.allSatisfy { $0 == nil || $0 == .connectionLost })
        #expect(ends.contains(nil))
        #expect(try await transport.send(Nginx.request(.goAway, "/connection")).head.status == .ok)
    }

    /// The server has not processed requests that GOAWAY refuses, so they are resent for any method, and executed once.
    @Test("HTTP/2: retries complete a burst that GOAWAY interrupted", arguments: [HTTPRequest.Method.delete, .get])
    func goAwayInABurstIsOvercomeByRepeating(_ method: HTTPRequest.Method) async throws {
        var configuration = try OktaConfiguration(orgURL: Nginx.origin(.goAway), token: "test-token")
        configuration.caBundlePath = Nginx.file("ca.crt")
        configuration.rateLimits.initialConcurrentCalls = 64
        configuration.timeouts = .patient
        let client = try OktaClient(configuration: configuration)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<400 {
                group.addTask { try await client.request(method, "/done?\(method.rawValue)=\(number)").status.code }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 400))
        // The server writes its log after its response.
        var done: [Substring] = []
        #expect(
            try await eventually {
                let log = try String(contentsOfFile: Nginx.file("done.log"), encoding: .utf8)
                done = log.split(separator: "\n").filter { $0.contains(method.rawValue) }
                return done.count >= 400
            })
        #expect(Set(done).count == 400)
        #expect(done.count == 400)
    }

    @Test("HTTP/2: an upload from disk arrives whole") func uploadFromDiskArrives() async throws {
        let body = try BodyStream(contentsOfFile: Nginx.file("users.json"))
        let length = try #require(body.length)
        let transport = try Nginx.transport(streamBufferBytes: 16 << 10)
        for server in [Nginx.Server.plain, .secure] {
            let request = Nginx.request(server, "/upload", method: .post, streamedBody: body)
            #expect(try await transport.send(request).text == "\(length)")
        }
    }

    @Test("HTTP/2: a download is whole, also over HTTP/1.1") func downloadIsWholeAndOverHTTP1() async throws {
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
