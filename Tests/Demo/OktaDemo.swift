import Foundation
import LoopbackServer
import Okta

/// What the SDK does, shown in one run: against a small org on this machine, or, with OKTA_CLIENT_ORGURL and
/// OKTA_CLIENT_TOKEN in the environment, read-only against a real one.
@main
struct OktaDemo {
    static func main() async {
        let environment = ProcessInfo.processInfo.environment
        do {
            if environment["OKTA_CLIENT_ORGURL"] != nil || environment["OKTA_CLIENT_TOKEN"] != nil {
                try await OktaDemo(configuration: .fromEnvironment(environment), mayWrite: false).run()
            } else {
                try await runAgainstDemoOrg()
            }
        } catch {
            print("demo: \(error)")
            exit(1)
        }
    }

    private static func runAgainstDemoOrg() async throws {
        let org = DemoOrg()
        try await LoopbackServer.run {
            org.answer(to: $0)
        } during: { server in
            print("No OKTA_CLIENT_ORGURL is set, so this talks to a small org at \(server.origin).")
            let configuration = try OktaConfiguration(orgURL: server.origin, token: DemoOrg.token)
            try await OktaDemo(configuration: configuration, mayWrite: true).run()
        }
    }

    private let okta: OktaClient
    private let mayWrite: Bool

    private init(configuration: OktaConfiguration, mayWrite: Bool) throws {
        let transport = PrintingTransport(base: try CurlTransport())
        okta = try OktaClient(configuration: configuration, transport: transport)
        self.mayWrite = mayWrite
    }

    private func run() async throws {
        step("Verify the connection")
        let check = await okta.verifyConnection()
        print(check)
        guard check.isVerified else { throw OktaDemoError.notConnected }

        step("Page through users, three on a page, eight at most")
        for user in try await okta.user.listUsers(limit: 3).collect(upTo: 8) {
            print("\(user.profile?.login ?? "no login"), \(user.status?.rawValue ?? "no status")")
        }

        step("Read an application")
        guard let first = try await okta.application.listApplications(limit: 1).collect(upTo: 1).first
        else { throw OktaDemoError.nothingThere("application") }
        let application = try await okta.application.getApplication(first.id)
        print("\(application.label ?? first.id) signs on with \(application.signOnMode?.rawValue ?? "nothing")")

        guard mayWrite else { return print("\nA real org is left as it is: the demo changes groups only on its own.") }
        step("Change a group: only what is set changes, everything else goes back as it came")
        guard let group = try await okta.group.listGroups(limit: 1).collect(upTo: 1).first
        else { throw OktaDemoError.nothingThere("group") }
        var profile = OktaUserGroupProfile(json: group.profile?.json ?? .emptyObject)
        profile.description = "Everyone who may deploy"
        let changed = try await okta.group.updateGroup(group.id, with: UpdateGroupRequest(profile: profile))
        print("\(changed.profile?.name ?? group.id): \(changed.profile?.description ?? "")")
        print("its attribute costCenter is still \(changed.profile?["costCenter"]?.text ?? "lost")")
    }

    private func step(_ title: String) {
        print("\n== \(title)")
    }
}

/// Why the demo stops.
enum OktaDemoError: Error, CustomStringConvertible {
    case notConnected
    case nothingThere(String)

    var description: String {
        switch self {
        case .notConnected: "the connection is not good, see above"
        case .nothingThere(let what): "the org has no \(what) to show"
        }
    }
}
