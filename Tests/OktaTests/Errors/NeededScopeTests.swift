import HTTPTypes
import Okta
import Testing

/// A denied request reports the scope that the action requires, even if the org's response does not.
@Suite struct NeededScopeTests {
    private func failure(
        challenge: String = "", body: String = "", status: HTTPResponse.Status = .forbidden,
        of call: (OktaClient) async throws -> Void
    ) async throws -> OktaError.APIFailure {
        let transport = RecordingTransport(
            returning: body, status: status, headers: challenge.isEmpty ? [:] : [.wwwAuthenticate: challenge])
        let client = try OktaClient(
            configuration: OktaConfiguration(orgURL: "https://acme.okta.com", authorization: .bearer("test-token")),
            transport: transport)
        let error = await #expect(throws: OktaError.self) { try await call(client) }
        guard case .api(let failure) = error else { throw error ?? .cancelled }
        return failure
    }

    private let insufficient = #"Bearer error="insufficient_scope""#

    @Test("Missing scope: is named for an action") func ofAnAction() async throws {
        let failure = try await failure(challenge: insufficient) { _ = try await $0.user.getUser("00u1") }
        #expect(failure.requiredScopes == ["okta.users.read"])
        #expect(failure.missingScopes.isEmpty)
        #expect(failure.advice?.contains("Grant the app okta.users.read in") == true)
    }

    @Test("Missing scope: is named for a list") func ofAList() async throws {
        let failure = try await failure(challenge: insufficient) { _ = try await $0.group.listGroups().collect() }
        #expect(failure.requiredScopes == ["okta.groups.read"])
    }

    @Test("Missing scope: is named for an action called by its descriptor") func isNamedForActionCalledByItsDescriptor()
        async throws
    {
        let failure = try await failure(challenge: insufficient) { client in
            let action = try #require(ActionRegistry.okta.actions(named: "Get User", in: "User").first)
            _ = try await client.perform(action, arguments: ["id": "00u1"])
        }
        #expect(failure.requiredScopes == ["okta.users.read"])
    }

    /// The scope in the org's response takes precedence over the catalog.
    @Test("Missing scope: the scope that the org names takes precedence") func theOrgsOwnWordComesFirst() async throws {
        let challenge = #"Bearer error="insufficient_scope", scope="okta.users.manage""#
        let failure = try await failure(challenge: challenge) { _ = try await $0.user.getUser("00u1") }
        #expect(failure.advice?.contains("Grant the app okta.users.manage in") == true)
    }

    @Test("Missing scope: a missing role or scope is suggested", arguments: [#"{"errorCode":"E0000006"}"#, ""])
    func missingRoleOrScopeIsSuggested(_ body: String) async throws {
        let failure = try await failure(body: body) { _ = try await $0.user.getUser("00u1") }
        #expect(failure.advice?.contains("also needs the scope okta.users.read.") == true)
    }

    @Test("Missing scope: is named only where it may be the cause") func onlyWhereItMayMatter() async throws {
        let missing = try await failure(status: .notFound) { _ = try await $0.user.getUser("00u1") }
        #expect(missing.requiredScopes.isEmpty)
        let byHand = try await failure(challenge: insufficient) { _ = try await $0.request(.get, "/api/v1/users") }
        #expect(byHand.requiredScopes.isEmpty)
        #expect(byHand.advice?.contains("the scope this action needs") == true)
    }

    /// All actions with a scope are found by their requests.
    @Test("Missing scope: the scopes of every action are found") func scopesOfEveryActionAreFound() {
        for action in ActionRegistry.okta.actions {
            guard let method = action.method, let path = action.path else { continue }
            let sent = path.split(separator: "/").map { $0.hasPrefix("{") ? "00u1" : String($0) }.joined(separator: "/")
            let found = ActionRegistry.okta.action(method: method, path: "/" + sent)
            #expect(found?.scopes == action.scopes, "\(action.swiftName)")
        }
    }
}
