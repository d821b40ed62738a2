import Foundation
import OktaRuntime

/// Iterates over a list of 50, 500 or 5000 pages of users, and prints the number of pages and users, the peak memory in
/// MB and the CPU milliseconds.
enum UsersClient {
    static func run(_ load: Load) async throws {
        let okta = try OktaClient(
            configuration: OktaConfiguration(orgURL: load.origin, token: Load.token),
            transport: CurlTransport(options: .init(load)))
        let list = okta.pages("/api/v1/users\(load.count)")
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
        let usage = Usage.now
        print(
            String(
                format: "%d %d %.1f %.1f", pages, users, Double(usage.peakKilobytes) / 1024,
                usage.cpuMicroseconds / 1000))
    }
}
