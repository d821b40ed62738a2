import Foundation
import Okta

/// Offboards a person: `offboard-person LOGIN [--yes]`. Without `--yes` it only shows what it would do.
@main
struct OffboardPerson {
    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isConfirmed = arguments.contains("--yes")
        arguments.removeAll { $0 == "--yes" }
        guard let login = arguments.first, arguments.count == 1 else {
            print("usage: offboard-person LOGIN [--yes]")
            exit(2)
        }
        do {
            // Reads OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.
            let okta = try OktaClient(configuration: .fromEnvironment())
            try await run(okta, login: login, isConfirmed: isConfirmed)
        } catch {
            print("offboard-person: \(error)")
            exit(1)
        }
    }

    /// Ends the sessions first, so that the person cannot continue to work meanwhile. Each step may be repeated, so
    /// another run completes an interrupted one.
    static func run(_ okta: OktaClient, login: String, isConfirmed: Bool) async throws {
        let user = try await okta.user.getUser(login)
        print("\(login) is \(user.status?.rawValue ?? "without status")")

        print("- end all sessions, and revoke OAuth tokens")
        if isConfirmed { try await okta.user.clearUserSessions(user.id, oauthTokens: true) }

        // Only Okta groups can be changed. The members of built-in groups, and of groups of apps and directories, are
        // managed elsewhere.
        for try await group in okta.user.listUserGroups(user.id) where group.type == .oktaGroup {
            print("- remove from group \(group.profile?.name ?? group.id)")
            if isConfirmed { try await okta.group.removeUserFromGroup(groupId: group.id, userId: user.id) }
        }

        if user.status != .deprovisioned {
            print("- deactivate, which also removes all apps")
            if isConfirmed { try await okta.user.deactivateUser(user.id) }
        }

        guard isConfirmed else { return print("Nothing was changed. Run the command again with --yes to do this.") }
        let status = try await okta.user.getUser(user.id).status
        print("\(login) is \(status?.rawValue ?? "without status")")
    }
}
