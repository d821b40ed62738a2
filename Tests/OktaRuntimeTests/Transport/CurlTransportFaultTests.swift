import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaRuntime

@Suite("CurlTransport: servers that misbehave")
struct CurlTransportFaultTests {
    @Test("Transport failure: nothing listens on the port") func nothingListens() async throws {
        let server = try LoopbackServer { _ in .empty() }
        let request = server.request(.get)
        await server.stop()
        let error = await #expect(throws: TransportError.self) { try await CurlTransport().send(request) }
        #expect(error?.kind == .connectionFailed)
        #expect(error?.mayHaveReachedServer == false)
    }

    @Test("Transport failure: an unknown host") func unknownHost() async throws {
        // RFC 6761 reserves this domain, so it never exists.
        let head = HTTPRequest(method: .get, scheme: "https", authority: "okta.invalid", path: "/")
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport(options: .init(proxy: "")).send(TransportRequest(head: head))
        }
        #expect(error?.kind == .unknownHost)
        #expect(error?.mayHaveReachedServer == false)
    }

    @Test(
        "Transport failure: a malformed response",
        arguments: [
            ("", TransportError.Kind.connectionLost),
            ("HTTP/1.1 200 OK\r\nContent-Le", .connectionLost),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", .truncatedResponse),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", .truncatedResponse),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", .truncatedResponse),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n", .truncatedResponse),
            ("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", .malformedResponse),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain", .malformedResponse),
            ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", .malformedResponse),
            ("SSH-2.0-OpenSSH_9.2\r\n", .malformedResponse),
            ("\u{0}\u{1}\u{2}\u{3}garbage\r\n\r\n", .malformedResponse),
        ])
    func brokenResponse(text: String, kind: TransportError.Kind) async throws {
        let error = await failure { _ in .raw(text) }
        #expect(error?.kind == kind, "\(String(describing: error))")
        #expect(error?.mayHaveReachedServer == true)
    }

    @Test("Transport failure: a body larger than allowed") func bodyLargerThanAllowed() async throws {
        let kinds = try await LoopbackServer.run { request in
            request.path == "/announced"
                ? .response(body: Array(repeating: 0x41, count: 5000))
                : .raw("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "A", count: 5000))
        } during: { server in
            let transport = try CurlTransport()
            var kinds: [TransportError.Kind?] = []
            for path in ["/announced", "/surprise"] {
                let error = await #expect(throws: TransportError.self) {
                    try await transport.send(server.request(.get, path: path, maximumResponseBytes: 4999))
                }
                kinds.append(error?.kind)
                let response = try await transport.send(server.request(.get, path: path, maximumResponseBytes: 5000))
                #expect(response.body.count == 5000)
            }
            return kinds
        }
        #expect(kinds == [.responseTooLarge, .responseTooLarge])
    }

    @Test("Transport failure: a head larger than allowed") func headLargerThanAllowed() async throws {
        let error = await failure { _ in
            var head = "HTTP/1.1 200 OK\r\n"
            for number in 0..<300 { head += "X-\(number): \(String(repeating: "a", count: 1000))\r\n" }
            return .raw(head + "\r\n")
        }
        #expect(error?.kind == .responseTooLarge)
    }

    /// Lines of three bytes each, within the limit of bytes but more than any response has.
    @Test("Transport failure: too many header fields") func tooManyHeaderFields() async throws {
        let error = await failure { _ in
            .raw("HTTP/1.1 200 OK\r\n" + String(repeating: "a:\n", count: 80_000) + "\r\n")
        }
        #expect(error?.kind == .responseTooLarge)
    }

    @Test("Transport failure: a header of one megabyte") func headerOfOneMegabyte() async throws {
        let error = await failure { _ in
            .raw("HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 1 << 20) + "\r\n\r\n")
        }
        #expect(error != nil)
    }

    @Test(
        "Transport failure: a connection reset",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"])
    func reset(after text: String) async throws {
        let error = await failure { _ in LoopbackResponse().sending(text).resetting() }
        // A reset may discard the bytes that were sent just before it.
        #expect(error?.kind == .connectionLost || (error?.kind == .truncatedResponse && !text.isEmpty))
        #expect(error?.mayHaveReachedServer == true)
    }

    /// A reused handle must not report the state of its last request.
    @Test("Transport failure: a connection refused after an earlier success did not reach the server")
    func refusedAfterSuccessHasNotReachedTheServer() async throws {
        let transport = try CurlTransport()
        let server = try LoopbackServer { _ in LoopbackResponse.json("{}").closing() }
        _ = try await transport.send(server.request(.get))
        await server.stop()
        let error = await #expect(throws: TransportError.self) { try await transport.send(server.request(.get)) }
        #expect(error?.kind == .connectionFailed)
        #expect(error?.mayHaveReachedServer == false)
    }

    @Test("Transport failure: malformed header lines are dropped") func oddHeaderLinesAreDropped() async throws {
        let response = try await LoopbackServer.run { _ in
            .raw("HTTP/1.1 200 OK\r\nbad name: 1\r\nX-Good: 2\r\nContent-Length: 0\r\n\r\n")
        } during: {
            try await CurlTransport().send($0.request(.get))
        }
        #expect(response.head.headerFields.map(\.name.canonicalName) == ["x-good", "content-length"])
    }

    @Test("Transport failure: a connection that was closed between requests is replaced")
    func connectionClosedBetweenRequestsIsReplaced() async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse.json("{}").closing()
        } during: { server in
            let transport = try CurlTransport()
            for _ in 0..<10 { _ = try await transport.send(server.request(.get)) }
            #expect(server.requests.count == 10)
        }
    }

    /// The limit ends every call at any stage. It doubles each time until a request reaches the server.
    @Test("Transport failure: the total timeout", .hangLimit) func totalTimeout() async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse()
        } during: { server in
            var limit = Duration.milliseconds(10)
            while server.requests.isEmpty {
                limit *= 2
                let request = server.request(
                    .get, timeouts: TransportRequest.Timeouts(connect: .seconds(1800), total: limit))
                let error = await #expect(throws: TransportError.self) { try await CurlTransport().send(request) }
                #expect(error?.kind == .timedOut)
                if !server.requests.isEmpty { #expect(error?.mayHaveReachedServer == true) }
            }
        }
    }

    @Test("Transport failure: the total timeout includes the wait for a connection")
    func totalTimeoutCountsTheWaitForAConnection() async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse()
        } during: { server in
            let transport = try CurlTransport(options: .init(maximumConnectionsPerHost: 1))
            let kinds = await withTaskGroup(of: TransportError.Kind?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        let request = server.request(
                            .get, timeouts: TransportRequest.Timeouts(total: .milliseconds(50)))
                        return await #expect(throws: TransportError.self) { try await transport.send(request) }?.kind
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(kinds == Array(repeating: .timedOut, count: 5))
        }
    }

    /// libcurl measures silence in whole seconds, so these calls wait for one or two. An earlier call with a longer
    /// limit continues to wait, which shows that the limit ended the other one.
    @Test(
        "Transport failure: the idle timeout ends a request", .hangLimit,
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"])
    func idleTimeoutEndsRequest(after text: String) async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending(text)
        } during: { server in
            let transport = try CurlTransport()
            let patient = server.request(.get, timeouts: TransportRequest.Timeouts(idle: .seconds(600)))
            let other = Task { await transport.failureKind(of: patient) }
            #expect(await eventually { !server.requests.isEmpty })
            let hasty = server.request(.get, timeouts: TransportRequest.Timeouts(idle: .milliseconds(1)))
            let error = await #expect(throws: TransportError.self) { try await transport.send(hasty) }
            #expect(error?.kind == .timedOut)
            #expect(error?.mayHaveReachedServer == true)
            #expect(await transport.census().transfers == 1)
            other.cancel()
            #expect(await other.value == .cancelled)
        }
    }

    @Test("Transport failure: a slow response is waited for") func slowResponseIsWaitedFor() async throws {
        let gates = (0..<4).map { _ in LoopbackGate() }
        let response = try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 200 O").waiting(for: gates[0]).sending("K\r\nContent-Length: 4\r\n\r")
                .waiting(for: gates[1]).sending("\na").waiting(for: gates[2]).sending("bc").waiting(for: gates[3])
                .sending("d")
        } during: { server in
            async let response = CurlTransport().send(server.request(.get))
            for gate in gates { gate.open() }
            return try await response
        }
        #expect(response.body == Array("abcd".utf8))
    }

    private func failure(_ handler: @escaping LoopbackServer.Handler) async -> TransportError? {
        await #expect(throws: TransportError.self) {
            try await LoopbackServer.run(handler) {
                try await CurlTransport().send($0.request(.get))
            }
        }
    }
}
