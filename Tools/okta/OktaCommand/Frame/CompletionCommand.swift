#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// `okta completion SHELL`: prints the script that connects a shell.
struct CompletionCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta completion", abstract: "Prints the completion script of a shell.",
        discussion: """
            bash: eval "$(okta completion bash)" in ~/.bashrc
            zsh:  eval "$(okta completion zsh)" in ~/.zshrc, after compinit
            fish: okta completion fish | source in ~/.config/fish/config.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: CompletionShell

    func run(_ context: ProgramContext) async throws { context.output.print(shell.script) }
}

extension CompletionShell: ExpressibleByArgument {}

/// `okta ---complete …`: lists the candidates for the scripts at each Tab. It never fails, since a shell would show the
/// error within the line.
struct CompletionQuestion: Sendable {
    /// The first argument of the scripts, which users do not type.
    static let word = "---complete"

    private let context: ProgramContext

    init(_ context: ProgramContext) { self.context = context }

    func writeCandidates(_ arguments: [String]) async {
        guard let shell = arguments.first.flatMap(CompletionShell.init(rawValue:)),
            let request = CompletionRequest(shell, Array(arguments.dropFirst()))
        else { return }
        let candidates = await Completion(sources).candidates(request)
        context.output.write(shell.text(candidates, request))
    }

    private var sources: CompletionSources {
        let context = context
        return CompletionSources(
            actionOptions: { ToolDescription(ActionOptions.self) },
            commands: Help.commands.map { ($0.name, $0.text) },
            command: { name in
                (BuiltInCommands.all[name] ?? BuiltInCommands.inCategories[name]).map { ToolDescription($0) }
            },
            commandsInCategory: { BuiltInCommands.further(in: $0).map { ($0.name, $0.text) } },
            plugins: { Help.plugins(context).map(\.name) }, orgs: { Self.orgs(context) },
            files: { folder in
                let path = folder.hasPrefix("/") ? folder : "\(context.workingDirectory)/\(folder)"
                return FolderNames.names(in: path, marksFolders: true)
            },
            columns: { path in (try? CSVReader.columns(of: path, context)) ?? [] },
            runs: { beginning in Self.runs(beginning, context) },
            names: { collection, beginning, org in
                await ObjectNames(context, org: org).names(beginning, in: collection)
            },
            attributes: { profile, org in await ObjectNames(context, org: org).attributes(of: profile) })
    }

    /// Returns the latest runs whose id starts with a text. Only a few, since their journals are opened for the
    /// descriptions.
    private static func runs(_ beginning: String, _ context: ProgramContext) -> [(name: String, help: String)] {
        guard let folder = try? RunFolder(context) else { return [] }
        return folder.ids().filter { $0.hasPrefix(beginning) }.prefix(30).map { id in
            let line = try? RunListing(folder).line(id)
            let texts = [line?["state"]?.string, line?["title"]?.string].compactMap(\.self)
            return (id, texts.joined(separator: ": "))
        }
    }

    private static func orgs(_ context: ProgramContext) -> [String] {
        ((try? KnownOrgs(context).all()) ?? []).map(\.name)
    }
}
#endif
