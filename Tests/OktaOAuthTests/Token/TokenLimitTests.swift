import Foundation
import HTTPTypes
import Testing

@testable import OktaOAuth
@testable import OktaRuntime

/// Token requests are subject to the same limits as all calls of their client.
@Suite(.hangLimit) struct TokenLimitTests {
    private let time = SimulatedTime()
    private let org: TestOrg
    private let credentials: OAuthClientCredentials

    init() throws {
        let key = try Fixture.signingKey()
        org = try TestOrg(publicKey: key.publicJWK ?? "", time: time)
        credentials = try OAuthClientCredentials(
            clientID: TestOrg.clientID, scopes: ["okta.users.read"], privateKey: key)
    }

    private func client(inFlight: Int = 64) throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: TestOrg.url, authorization: credentials)
        configuration.timeouts.total = nil
        configuration.rateLimits.maximumConcurrentCalls = inFlight
        return OktaClient(core: try ClientCore(configuration: configuration, transport: org, time: time))
    }

    /// Returns the header fields of a limit whose window ends `seconds` after the beginning.
    private func limit(_ limit: Int, remaining: Int, until seconds: Int) -> [(String, String)] {
        [
            ("X-Rate-Limit-Limit", "\(limit)"), ("X-Rate-Limit-Remaining", "\(remaining)"),
            ("X-Rate-Limit-Reset", "\(Int(SimulatedTime.start.timeIntervalSince1970) + seconds)"),
        ]
    }

    private func states(_ headers: [(String, String)]) {
        org.edit { state in
            state.script = { request, _, org in
                guard request.head.path == "/oauth2/v1/token" else { return nil }
                var response = org.tokenResponse(to: request)
                for (name, value) in headers {
                    if let name = HTTPField.Name(name) { response.head.headerFields[name] = value }
                }
                return response
            }
        }
    }

    @Test("OAuth token and rate limit: a client with one concurrent call can fetch its token")
    func oneCallInFlightIsEnough() async throws {
        let client = try client(inFlight: 1)
        try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { tasks in
            for _ in 0..<5 { tasks.addTask { try await client.request(.get, "/api/v1/users").status } }
            for try await status in tasks { #expect(status == .ok) }
        }
        #expect(org.tokenRequests.count == 1)
    }

    /// The first token uses up the share of the limit. The second is requested after the end of the window, with a
    /// signature from that time.
    @Test("OAuth token and rate limit: the next token request waits for the rate limit window")
    func theNextTokenWaitsForTheWindow() async throws {
        let client = try client()
        states(limit(10, remaining: 2, until: 42))
        _ = try await client.request(.get, "/api/v1/users")
        org.revokeAll()
        _ = try await client.request(.get, "/api/v1/users")
        #expect(org.tokenRequests.count == 2)
        #expect(time.elapsed >= .seconds(42) && time.elapsed < .seconds(42.1))
        let signed = try #require(org.tokenRequests.last?.assertion?.payload["iat"]?.int)
        #expect(signed >= Int(SimulatedTime.start.timeIntervalSince1970) + 42)
    }
}
