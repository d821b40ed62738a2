import Foundation
import Okta

/// Lists the users of an org, page by page: `list-users [PAGE-SIZE]`.
@main
struct ListUsers {
    static func main() async {
        do {
            // Reads OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.
            let okta = try OktaClient(configuration: .fromEnvironment())
            let pageSize = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200
            try await run(okta, pageSize: pageSize)
        } catch {
            print("list-users: \(error)")
            exit(1)
        }
    }

    static func run(_ okta: OktaClient, pageSize: Int) async throws {
        // The list itself is a sequence of users; `pages` yields whole pages. The next page is requested while this one
        // is printed.
        var count = 0
        for try await page in okta.user.listUsers(limit: pageSize).pages {
            print("A page of \(page.items.count):")
            for user in page.items {
                print("  \(user.profile?.login ?? "no login"), \(user.status?.rawValue ?? "no status")")
            }
            count += page.items.count
        }
        print("\(count) users")
    }
}
