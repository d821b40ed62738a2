#if CommandLine
internal import ArgumentParser

/// `okta mcp`: tools for agents over standard input and output.
struct MCPCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta mcp", abstract: "Serves tools to agents: the Model Context Protocol over stdin and stdout.",
        discussion: """
            Start it from the settings of an agent, with the command "okta" and the argument "mcp". It is read-only \
            unless --allow-writes is given; then a call that overwrites or removes something needs a confirmation.
            """)

    @Flag(help: "Offer the tool that changes things.")
    var allowWrites = false

    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.")
    var org: String?

    init() {}

    func run(_ context: ProgramContext) async throws {
        // Clients show why a server does not start; an unknown org would otherwise fail in each tool.
        if org != nil { _ = try OrgSelection(name: org).target(context) }
        let service = ToolService(
            OrgSelection(name: org), allowsWrites: allowWrites, version: OktaProgram.version, context: context)
        // If an agent no longer reads responses, it has ended, even if its end of the input is open.
        context.output.endWithReader()
        await AgentConnection.serve(service, context)
    }
}
#endif
