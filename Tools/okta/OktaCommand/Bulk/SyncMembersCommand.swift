#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// `okta group sync-members`: makes the members of a group equal to a set.
struct SyncMembersCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta group sync-members",
        abstract: "Makes the members of a group equal to a set, and first shows who is added and who is removed.")

    @Option(help: "The group: its name, or its id.") var group: String
    @Option(
        help: ArgumentHelp(
            "The future members: csv:PATH:COLUMN, file:PATH, search:…, filter:…, group:NAME, app:NAME, or -.",
            valueName: "set"))
    var to: String
    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.") var org: String?
    @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask.") var yes = false
    @Flag(help: "Show what would be sent; send nothing.") var dryRun = false
    @Flag(help: "Remove all members if the set is empty.") var allowEmpty = false
    @Option(name: [.customLong("format"), .customShort("o")], help: "table, json, ndjson, csv or yaml, for --dry-run.")
    var format: OutputFormat?
    @OptionGroup var pace: RunPaceOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        var request = MembershipSync.Request(group: group, set: try SetSource(to))
        request.profile = org
        request.isConfirmed = yes
        request.isDryRun = dryRun
        request.allowsEmpty = allowEmpty
        request.output = OutputOptions(format: format)
        request.settings = pace.settings
        let progress = ProgressLine("group sync-members", context: context)
        defer { progress.finish() }
        let client = try OrgSelection(name: org).client(context.observed(by: progress))
        try await MembershipSync(request, progress: progress, context: context).run(through: client)
    }
}
#endif
