#if LocalOrg && OAuth
import Okta
import OktaLocalOrg
import OktaOAuth
import Testing

// The examples of the README of the local org, compiled here so that they stay correct.

// example begin
@Test func usersAreListed() async throws {
    let org = try await LocalOrg.start()
    org.seed(users: 100)
    let users = try await org.client.user.listUsers(limit: 20).collect()
    #expect(users.count == 99)  // includes the org's admin, and no deactivated users
    #expect(org.requests.last?.operation == "GET /api/v1/users")
    await org.stop()
}
// example end

func localOrgSignIn(org: LocalOrg, app: Application, key: OAuthPrivateKey) throws -> OktaClient {
    // example begin
    let authorization = try OAuthClientCredentials(clientID: app.id, scopes: ["okta.users.read"], privateKey: key)
    let okta = try OktaClient(configuration: OktaConfiguration(orgURL: org.url, authorization: authorization))
    // example end
    return okta
}
#endif
