import Okta

/// The README's example, compiled here so that it stays correct.
func readmeExample() async throws {
    // example begin
    // Reads OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.
    let okta = try OktaClient(configuration: .fromEnvironment())
    print(await okta.verifyConnection())

    for try await user in okta.user.listUsers(search: "status eq \"ACTIVE\"", limit: 200) {
        print(user.profile?.login ?? "no login", user.profile?["badge"]?.string ?? "no badge")
    }

    var profile = try await okta.user.getUser("ada@example.com").profile ?? UserProfile()
    profile.mobilePhone = "+1 555 0100"
    try await okta.user.partialUpdateUser("ada@example.com", with: UpdateUserRequest(profile: profile))
    // example end
}
