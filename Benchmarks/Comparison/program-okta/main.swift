import Okta

let okta = try OktaClient(configuration: .fromEnvironment())
print(try await okta.user.getUser("me").profile?.login ?? "no login")
