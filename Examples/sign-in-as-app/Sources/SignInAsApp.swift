import Foundation
import Okta
import OktaOAuth

/// Signs in as an app, with a private key instead of an API token, and lists the groups of the org.
@main
struct SignInAsApp {
    static func main() async {
        do {
            // Reads OKTA_CLIENT_ORGURL, OKTA_CLIENT_AUTHORIZATIONMODE, OKTA_CLIENT_CLIENTID, OKTA_CLIENT_SCOPES,
            // OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID. The first call fetches an access token.
            let okta = try OktaClient(configuration: .withOAuth(.fromEnvironment()))
            for try await group in okta.group.listGroups() {
                print("\(group.profile?.name ?? group.id): \(group.profile?.description ?? "no description")")
            }
        } catch {
            print("sign-in-as-app: \(error)")
            exit(1)
        }
    }
}
