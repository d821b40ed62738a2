import HTTPTypes
import OktaRuntime
import Synchronization
import Testing

/// Calls of public operations.
@Suite struct AnonymousCallTests {
    /// An authorization that counts its requests for credentials.
    private final class CountingAuthorization: RequestAuthorization {
        let count = Mutex(0)
        let description = "counting"

        func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields {
            count.withLock { $0 += 1 }
            return [.authorization: "Bearer x"]
        }

        func refresh(
            after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
        ) -> AuthorizationContext.Refresh {
            count.withLock { $0 += 1 }
            return .refreshed
        }
    }

    @Test("Anonymous calls: no credentials are fetched or sent, and none are renewed", arguments: [200, 401])
    func noCredentials(_ status: Int) async throws {
        let authorization = CountingAuthorization()
        let transport = StubTransport(status, "{}")
        let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: authorization)
        let actions = ItemActions(client: try OktaClient(configuration: configuration, transport: transport))
        let error: OktaError?
        do throws(OktaError) {
            try await actions._send(.get, "/.well-known/okta-organization", credentials: .anonymous)
            error = nil
        } catch let thrown {
            error = thrown
        }
        #expect(error?.status?.code == (status == 200 ? nil : status))
        #expect(authorization.count.withLock { $0 } == 0)
        #expect(transport.requests.count == 1)
        let fields = try #require(transport.requests.first).head.headerFields
        #expect(fields[.authorization] == nil)
        #expect(!fields.contains { $0.name.canonicalName == "dpop" })
    }
}
