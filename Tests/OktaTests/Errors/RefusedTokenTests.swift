import HTTPTypes
import OktaRuntime
import OktaTestSupport
import Testing

/// A call with the wrong kind of token is refused with an error that names the right one, for every action that permits
/// only one kind.
@Suite(.longCalculation) struct RefusedTokenTests {
    private static func failure(
        of call: SampleCall, with authorization: any RequestAuthorization, status: Int
    ) async throws -> OktaError.APIFailure {
        let transport = RecordingTransport(returning: #"{"errorCode":"E0000005"}"#, status: .init(code: status))
        let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: authorization)
        let client = try OktaClient(configuration: configuration, transport: transport)
        let error = await #expect(throws: OktaError.self, "\(call)") { try await call.run(client) }
        guard case .api(let failure) = error else { throw error ?? .cancelled }
        return failure
    }

    @Test("Refused token: the error names the kind that an action permits", arguments: TestedModule.all, [401, 403])
    func everyAction(_ module: TestedModule, _ status: Int) async throws {
        let apiToken = try APITokenAuthorization("test-token")
        let accessToken = try BearerTokenAuthorization("test-token")
        for action in module.registry.actions where action.path != nil && action.authorization != .client {
            for call in module.calls(of: action) {
                let withAPI = try await Self.failure(of: call, with: apiToken, status: status)
                let withAccess = try await Self.failure(of: call, with: accessToken, status: status)
                #expect(withAPI.neededToken == (action.authorization == .oauth2 ? .accessToken : nil), "\(call)")
                #expect(withAccess.neededToken == (action.authorization == .apiToken ? .apiToken : nil), "\(call)")
                guard action.authorization == .oauth2 else { continue }
                let scopes = action.scopes.isEmpty ? "" : " with \(action.scopes.joined(separator: " or "))"
                #expect(
                    withAPI.advice
                        == "This action needs an OAuth 2.0 access token\(scopes); API tokens are refused.", "\(call)")
            }
        }
    }

    @Test("Refused token: both kinds occur") func kinds() {
        let ways = TestedModule.all.flatMap(\.registry.actions).map(\.authorization)
        #expect(ways.contains(.oauth2))
        #expect(ways.contains(.apiToken))
    }
}
