import Foundation
import OktaRuntime

/// Goes through a long list of users, and prints how many there were, on how many pages, and the peak of memory in MB.
enum UsersClient {
    static func run(_ load: Load) async throws {
        let okta = try OktaClient(
            configuration: OktaConfiguration(orgURL: load.origin, token: "bench-token"),
            transport: CurlTransport(options: .init(load)))
        let list = load.count == 50 ? okta.pages("/api/v1/users50") : okta.pages("/api/v1/users500")
        var users = 0
        var active = 0
        var pages = 0
        for try await page in list.pages {
            pages += 1
            for user in page.items {
                users += 1
                if user[string: "status"] == "ACTIVE" { active += 1 }
            }
        }
        guard active == users else { throw Failure(description: "\(active) of \(users) users could be read") }
        print(String(format: "%d %d %.1f", pages, users, Double(Usage.now.peakKilobytes) / 1024))
    }
}
