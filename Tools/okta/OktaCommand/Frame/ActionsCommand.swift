#if CommandLine
internal import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// `okta actions`: lists the actions, for people and for scripts.
struct ActionsCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta actions", abstract: "Lists actions, or searches them.")

    @Option(
        help: ArgumentHelp(
            "List only actions whose name, path, summary or operation in Okta's reference has all of these words.",
            valueName: "words"))
    var search: String?
    @Option(help: "List only actions that a scope permits.") var scope: String?
    @Option(help: "List only actions of a category.") var category: String?
    @OptionGroup var shown: ShownOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        let category = try category.map { try CommandCatalog.all.category($0).name }
        var output = shown.options(columns: ["category", "action", "method", "path"])
        output.wholeColumns = ["category", "action"]
        var writer = try ResultWriter(
            output, model: nil, module: .management, isList: true, output: context.output, context: context)
        var count = 0
        let words = search?.lowercased().split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        for action in CommandCatalog.all.actions where matches(action, category) && action.mentions(words) {
            count += 1
            let descriptor = action.descriptor
            try writer.write([
                "category": JSON(action.category), "action": JSON(action.name),
                "method": descriptor.method.map { JSON($0.rawValue) } ?? .null,
                "path": descriptor.path.map { JSON($0) } ?? .null,
                "scopes": JSON(descriptor.scopes.map { JSON($0) }),
                "lifecycle": JSON(descriptor.lifecycle.rawValue), "deprecated": JSON(descriptor.isDeprecated),
                "summary": JSON(action.help?.summary ?? ""),
            ])
        }
        try writer.finish()
        if count == 0 { context.notices.print("okta: no action matches; `okta actions` lists all of them") }
    }

    private func matches(_ action: CommandAction, _ category: String?) -> Bool {
        if let category, action.category != category { return false }
        return scope.map { action.descriptor.scopes.contains($0) } ?? true
    }
}
#endif
