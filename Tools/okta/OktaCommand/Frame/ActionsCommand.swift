#if CommandLine
internal import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// `okta actions`: the list of actions, for people and for scripts.
struct ActionsCommand: Sendable {
    struct Options: ParsableArguments {
        @Option(help: "Lists actions whose name, path or summary has this word.") var search: String?
        @Option(help: "Lists actions that a scope permits.") var scope: String?
        @Option(help: "Lists actions of a category.") var category: String?
        @Option(help: "table, json, ndjson, csv or yaml.") var format: OutputFormat?
        @Option(help: "The columns: category,action,method,path.") var columns: String?
    }

    private let options: Options
    private let context: ProgramContext

    init(_ arguments: [String], _ context: ProgramContext) throws {
        self.context = context
        do { options = try Options.parse(arguments) } catch {
            if Options.exitCode(for: error).isSuccess {
                options = Options()
                context.output.print(Options.fullMessage(for: error))
                return
            }
            throw CommandFailure.usage(Options.message(for: error))
        }
    }

    func run() async throws {
        let category = try options.category.map { try CommandCatalog.all.category($0).name }
        let output = OutputOptions(
            format: options.format,
            columns: options.columns?.split(separator: ",").map(String.init)
                ?? ["category", "action", "method", "path"])
        var writer = try ResultWriter(
            output, model: nil, module: .management, isList: true, output: context.output, context: context)
        for action in CommandCatalog.all.actions where matches(action, category) {
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
    }

    private func matches(_ action: CommandAction, _ category: String?) -> Bool {
        if let category, action.category != category { return false }
        if let scope = options.scope, !action.descriptor.scopes.contains(scope) { return false }
        guard let word = options.search?.lowercased() else { return true }
        let texts = [action.category, action.name, action.descriptor.path ?? "", action.help?.summary ?? ""]
        return texts.contains { $0.lowercased().contains(word) }
    }
}
#endif
