import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

/// A forward proxy on this machine, without a real destination. The integration tests have a working proxy.
@Suite("CurlTransport: proxies", .hangLimit)
struct CurlTransportProxyTests {
    private static let password = "proxy-secret"
    // "user:proxy-secret" in base64
    private static let encoded = "dXNlcjpwcm94eS1zZWNyZXQ="

    private func client(through server: LoopbackServer) throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.example", token: "test-token")
        configuration.proxy = "http://user:\(Self.password)@127.0.0.1:\(server.port)"
        configuration.retry = .never
        configuration.timeouts = .patient
        return try OktaClient(configuration: configuration)
    }

    private func failure(
        _ respond: @escaping @Sendable (LoopbackRequest) -> LoopbackResponse
    ) async throws -> (failure: OktaError.TransportFailure, requests: [LoopbackRequest]) {
        try await LoopbackServer.run {
            respond($0)
        } during: { server in
            let client = try client(through: server)
            let error = await #expect(throws: OktaError.self) { try await client.request(.post, "/api/v1/users") }
            guard case .transport(let failure) = error else { throw error ?? .cancelled }
            return (failure, server.requests)
        }
    }

    /// The proxy sees only the host of a request. The tunnel ends in the middle of the handshake.
    @Test("Proxy: receives CONNECT and nothing else") func receivesCONNECTAndNothingElse() async throws {
        let (failure, requests) = try await failure { _ in
            LoopbackResponse().sending("HTTP/1.1 200 Connection established\r\n\r\n").closing()
        }
        let request = try #require(requests.first)
        #expect(requests.count == 1)
        #expect(request.method == "CONNECT")
        #expect(request.target == "acme.okta.example:443")
        #expect(request.header("Proxy-Authorization") == "Basic \(Self.encoded)")
        #expect(request.header("Authorization") == nil)
        #expect(!request.headers.contains { $0.value.contains("test-token") })
        #expect([.tlsFailed, .connectionLost].contains(failure.error.kind), "\(failure)")
        expectNoSecret(in: failure)
    }

    private static let refusals: [(Int, TransportError.Kind, String)] = [
        (407, .proxyAuthenticationFailed, "user name and the password of the proxy"),
        (403, .proxyRefused, "proxy's operators"), (302, .proxyRefused, "proxy's operators"),
        (404, .proxyRefused, "proxy's operators"), (502, .proxyFailed, "Check the proxy setting"),
        (503, .proxyFailed, "Check the proxy setting"), (429, .proxyFailed, "Check the proxy setting"),
    ]

    @Test("Proxy: a refusal is named by its kind, without the password", arguments: refusals)
    func refusalIsNamed(_ status: Int, _ kind: TransportError.Kind, _ advice: String) async throws {
        let (failure, requests) = try await failure { _ in .empty(status) }
        #expect(failure.error.kind == kind)
        #expect(failure.error.mayHaveReachedServer == false)
        #expect(failure.error.detail.contains("\(status)"))
        #expect(failure.description.contains("proxy") && failure.description.contains(advice), "\(failure)")
        #expect(requests.count == 1)
        expectNoSecret(in: failure)
    }

    @Test("Proxy: a wrong password is sent once, under any policy", arguments: [407, 403])
    func refusalIsFinal(_ status: Int) async throws {
        try await LoopbackServer.run { _ in
            .empty(status, headers: [("Proxy-Authenticate", "Basic realm=\"p\"")])
        } during: { server in
            let client = try client(through: server).with { $0.retry = RetryPolicy(maximumAttempts: 5) }
            for method in [HTTPRequest.Method.get, .post] {
                await #expect(throws: OktaError.self) { try await client.request(method, "/api/v1/users") }
            }
            #expect(server.requests.map(\.method) == ["CONNECT", "CONNECT"])
        }
    }

    /// The greeting, authentication and connection of RFC 1928 and RFC 1929, each with its possible refusals.
    private static let socksRefusals: [([[UInt8]], TransportError.Kind)] = [
        ([[5, 0xFF]], .proxyAuthenticationFailed), ([[5, 2], [1, 1]], .proxyAuthenticationFailed),
        ([[5, 2], [1, 0], [5, 2, 0, 1, 0, 0, 0, 0, 0, 0]], .proxyRefused),
        ([[5, 2], [1, 0], [5, 1, 0, 1, 0, 0, 0, 0, 0, 0]], .proxyFailed),
    ]

    @Test("Proxy: SOCKS refuses in its own way, once", arguments: socksRefusals)
    func socksRefusalIsNamed(_ replies: [[UInt8]], _ kind: TransportError.Kind) async throws {
        let server = try ByteServer(replies: replies)
        defer { server.stop() }
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.example", token: "test-token")
        configuration.proxy = "socks5h://user:\(Self.password)@127.0.0.1:\(server.port)"
        configuration.retry = RetryPolicy(maximumAttempts: 3, initialBackoff: .milliseconds(1))
        configuration.timeouts = .patient
        let client = try OktaClient(configuration: configuration)
        let error = await #expect(throws: OktaError.self) { try await client.request(.post, "/api/v1/users") }
        guard case .transport(let failure) = error else { throw error ?? .cancelled }
        #expect(failure.error.kind == kind, "\(failure)")
        #expect(failure.error.mayHaveReachedServer == false)
        // A transient failure is attempted three times, and a refusal once.
        #expect(server.pieces.count == replies.count * (kind == .proxyFailed ? 3 : 1))
        expectNoSecret(in: failure)
    }

    /// The proxy failure of a transfer is not that of the previous one on the same handle.
    @Test("Proxy: an old refusal is forgotten")
    func oldRefusalIsForgotten() async throws {
        let server = try LoopbackServer { _ in .empty(407) }
        let client = try client(through: server)
        for kind in [TransportError.Kind.proxyAuthenticationFailed, .connectionFailed] {
            let error = await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/users") }
            guard case .transport(let failure) = error else { throw error ?? .cancelled }
            #expect(failure.error.kind == kind)
            await server.stop()
        }
    }

    @Test("Proxy: a proxy without a response to CONNECT has forwarded nothing")
    func proxyWithoutResponseToCONNECTHasForwardedNothing() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate)
        } during: { server in
            // The limits are that of the whole call, and libcurl's own for connecting.
            for (total, connect) in [
                (Duration.milliseconds(300), Duration.seconds(60)), (.seconds(60), .milliseconds(300)),
            ] {
                var configuration = try OktaConfiguration(orgURL: "https://acme.okta.example", token: "test-token")
                configuration.proxy = "http://user:\(Self.password)@127.0.0.1:\(server.port)"
                configuration.retry = .never
                configuration.timeouts = TransportRequest.Timeouts(connect: connect, total: total)
                let client = try OktaClient(configuration: configuration)
                let error = await #expect(throws: OktaError.self) { try await client.request(.post, "/api/v1/users") }
                guard case .transport(let failure) = error else { throw error ?? .cancelled }
                #expect(failure.error.kind == .timedOut)
                #expect(failure.error.mayHaveReachedServer == false, "\(failure)")
                #expect(!failure.description.contains("may have executed"))
                expectNoSecret(in: failure)
            }
            gate.open()
        }
    }

    @Test("Proxy: an unreachable proxy is named") func unreachableProxyIsNamed() async throws {
        let server = try LoopbackServer { _ in .empty() }
        let client = try client(through: server)
        await server.stop()
        let error = await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/users") }
        guard case .transport(let failure) = error else { throw error ?? .cancelled }
        #expect(failure.error.kind == .connectionFailed)
        #expect(failure.error.mayHaveReachedServer == false)
        #expect(failure.description.contains("127.0.0.1") && failure.description.contains("proxy"))
        expectNoSecret(in: failure)
    }

    @Test("Proxy: its password is never printed") func itsPasswordIsNeverPrinted() async throws {
        let server = try LoopbackServer { _ in .empty() }
        let client = try client(through: server)
        await server.stop()
        var shown = "\(client) \(client.configuration) \(String(reflecting: client.configuration))"
        dump(client, to: &shown)
        dump(client.configuration, to: &shown)
        #expect(!shown.contains(Self.password))
    }

    private func expectNoSecret(in failure: OktaError.TransportFailure) {
        var shown = "\(failure) \(OktaError.transport(failure)) \(String(reflecting: failure))"
        dump(failure, to: &shown)
        for secret in [Self.password, Self.encoded, "test-token"] { #expect(!shown.contains(secret)) }
    }
}
