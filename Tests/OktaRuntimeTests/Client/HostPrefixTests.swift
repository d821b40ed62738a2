import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaRuntime

/// Calls to the org's host with a prefix.
@Suite(.hangLimit) struct HostPrefixTests {
    private func request(_ prefix: String, _ path: RequestPath = "/api/v1/dr/status") -> OktaRequest {
        var request = OktaRequest(.get, path)
        request.hostPrefix = prefix
        return request
    }

    @Test("Host prefix: the call goes to that host with the token, and other calls do not")
    func goesToTheHost() async throws {
        let transport = StubTransport()
        let client = try transport.client()
        _ = try await client.send(request("drapp"))
        _ = try await client.send(OktaRequest(.get, "/api/v1/org"))
        #expect(transport.requests.map(\.head.authority) == ["drapp.acme.okta.com", "acme.okta.com"])
        #expect(transport.requests.allSatisfy { $0.head.scheme == "https" })
        #expect(transport.requests.allSatisfy { $0.head.headerFields[.authorization] == "SSWS secret-token" })
    }

    @Test("Host prefix: a call over a connection reaches the host") func overAConnection() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { server in
            var configuration = try OktaConfiguration(orgURL: "http://localhost:\(server.port)", token: "test-token")
            configuration.timeouts = .patient
            configuration.proxy = ""
            _ = try await OktaClient(configuration: configuration).send(request("drapp"))
            let received = try #require(server.requests.first)
            #expect(received.header("Host") == "drapp.localhost:\(server.port)")
            #expect(received.header("Authorization") == "SSWS test-token")
        }
    }

    @Test(
        "Host prefix: an org URL outside Okta's domains is rejected, and the error says what to set",
        arguments: ["https://login.acme.com", "https://okta.com.acme.example", "http://127.0.0.1:8080"])
    func customDomain(_ orgURL: String) async throws {
        let transport = StubTransport()
        let client = try transport.client(orgURL: orgURL)
        await #expect {
            try await client.send(request("drapp"))
        } throws: {
            guard case OktaError.configuration(let failure) = $0 else { return false }
            return failure.message.contains("drapp.acme.okta.com") && failure.message.contains("https://acme.okta.com")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "Host prefix: only one label of a host name is accepted",
        arguments: [
            "", "a.b", "evil.example/", "evil@", "-a", "a-", "A", "a b", "ä", String(repeating: "a", count: 64),
        ])
    func label(_ prefix: String) async throws {
        let transport = StubTransport()
        let client = try transport.client()
        await #expect(throws: OktaError.self) { try await client.send(request(prefix)) }
        #expect(transport.requests.isEmpty)
    }

    @Test("Host prefix: the pages of a list stay on the host, even if their links lead elsewhere") func pages()
        async throws
    {
        let transport = StubTransport { _, index in
            .stub(
                200, "[{}]",
                headers: index == 0 ? [("Link", "<https://evil.example/api/v1/dr/x?after=1>; rel=\"next\"")] : [])
        }
        let list: Paged<Item> = ItemActions(client: try transport.client())._paged("/api/v1/dr/x", hostPrefix: "drapp")
        #expect(try await list.collect().count == 2)
        #expect(transport.requests.map(\.head.authority) == ["drapp.acme.okta.com", "drapp.acme.okta.com"])
    }

    @Test("Host prefix: each host has its own rate limits") func rateLimits() {
        let own = RateLimitKey(method: .get, path: "/api/v1/dr/status")
        let other = RateLimitKey(method: .get, path: "/api/v1/dr/status", hostPrefix: "drapp")
        #expect(own != other)
        #expect("\(other)".contains("drapp"))
    }
}
