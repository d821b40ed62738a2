#if CommandLine
package import ArgumentParser
internal import OktaRuntime

/// `okta verify`: tests the host, the network and the credentials of an org.
package struct VerifyCommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta verify", abstract: "Tests host, network and credentials of an org.",
        discussion:
            "Exit codes: 0 connected, 3 not reachable, 4 credentials refused, 2 wrong settings, 1 anything else.")

    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.")
    var org: String?

    @Flag(help: "Test every org.")
    var allOrgs = false

    @OptionGroup
    var shown: ShownOptions

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        context.output.endWithReader()
        let targets = try OrgSelection(name: org, all: allOrgs).targets(context)
        if !allOrgs, shown.format == nil, let target = targets.first {
            let check = try await target.client().verifyConnection()
            if let failure = CommandFailure(check) { throw failure }
            return context.output.print("\(check)")
        }
        try await OrgsVerifyCommand.verify(targets, shown, context)
    }
}
#endif
