import Foundation
import Okta
import OktaSettingsFile

/// Counts the users of every org in an `okta.yaml`, all orgs at the same time: `many-orgs [FILE]`.
@main
struct ManyOrgs {
    static func main() async {
        do {
            let path = CommandLine.arguments.dropFirst().first ?? "okta.yaml"
            // Orgs have separate credentials, limits and connections. OKTA_ORGS_ACME_TOKEN sets the token of acme.
            let organizations = try OktaOrganizations(SettingsFile(at: path))
            try await run(organizations)
        } catch {
            print("many-orgs: \(error)")
            exit(1)
        }
    }

    /// A failure in one org does not stop the others.
    static func run(_ organizations: OktaOrganizations) async throws {
        let results = await organizations.concurrentMap { organization in
            var counts: [String: Int] = [:]
            for try await user in organization.client.user.listUsers(limit: 200) {
                counts[user.status?.rawValue ?? "no status", default: 0] += 1
            }
            return counts
        }
        for result in results {
            if let error = result.error { print("\(result.organization.name): \(error)") }
            guard let counts = result.value else { continue }
            let list = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            print("\(result.organization.name): \(list.joined(separator: ", "))")
        }
        if results.contains(where: { $0.error != nil }) { exit(1) }
    }
}
