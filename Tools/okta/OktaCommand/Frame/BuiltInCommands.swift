#if CommandLine
internal import ArgumentParser

/// The commands that are no actions. Each is an `AsyncParsableCommand`; its folder has what it does.
enum BuiltInCommands {
    /// The commands by name. `request` is one only before a method: `Request` is a category, too.
    static let all: [String: any ContextCommand.Type] = [
        "completion": CompletionCommand.self,
        "limits": LimitsCommand.self,
        "login": LoginCommand.self,
        "logout": LogoutCommand.self,
        "logs": LogsCommand.self,
        "man": ManCommand.self,
        "mcp": MCPCommand.self,
        "orgs": OrgsCommand.self,
        "request": RequestCommand.self,
        "runs": RunsCommand.self,
        "verify": VerifyCommand.self,
        "whoami": WhoAmICommand.self,
    ]

    /// Further commands about what a category of actions is about, by category and name.
    static let inCategories: [String: any ContextCommand.Type] = [
        "group sync-members": SyncMembersCommand.self
    ]

    /// Whether the words name one of them.
    static func handles(_ words: [String]) -> Bool {
        if inCategories[words.prefix(2).joined(separator: " ")] != nil { return true }
        guard let first = words.first, all[first] != nil else { return false }
        guard first == "request" else { return true }
        return words.count < 2 || RequestCommand.methods.contains(words[1].uppercased()) || words[1].hasPrefix("-")
    }

    /// Parses the words behind the name, and runs the command.
    static func run(_ words: [String], context: ProgramContext) async throws {
        if let type = inCategories[words.prefix(2).joined(separator: " ")] {
            return try await run(type, Array(words.dropFirst(2)), context)
        }
        guard let first = words.first, let type = all[first] else { return }
        try await run(type, Array(words.dropFirst()), context)
    }

    private static func run<Command: ContextCommand>(
        _ type: Command.Type, _ arguments: [String], _ context: ProgramContext
    ) async throws {
        let parsed: any ParsableCommand
        do { parsed = try Command.parseAsRoot(arguments) } catch {
            let text = Command.fullMessage(for: error)
            if Command.exitCode(for: error).isSuccess { return context.output.print(text) }
            throw CommandFailure.usage(text)
        }
        guard let command = parsed as? any ContextCommand else {
            throw CommandFailure.usage(Command.helpMessage())
        }
        try await command.run(context)
    }
}
#endif
