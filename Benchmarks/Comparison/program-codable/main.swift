import CodableModels
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let environment = ProcessInfo.processInfo.environment
guard let address = environment["OKTA_CLIENT_ORGURL"], let url = URL(string: address + "/api/v1/users/me"),
    let token = environment["OKTA_CLIENT_TOKEN"]
else { exit(1) }
var request = URLRequest(url: url)
request.setValue("SSWS \(token)", forHTTPHeaderField: "Authorization")
let (body, _) = try await URLSession.shared.data(for: request)
print(try JSONDecoder().decode(User.self, from: body).profile?.login ?? "no login")
