#if CommandLine
internal import ArgumentParser

/// The commands that are not actions. Each is an `AsyncParsableCommand` whose folder implements it.
enum BuiltInCommands {
    /// The commands by name. `request` is only one before a method, since `Request` is also a category.
    static let all: [String: any ContextCommand.Type] = [
        "actions": ActionsCommand.self,
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

    /// Further commands in categories of actions, by category and name.
    static let inCategories: [String: any ContextCommand.Type] = [
        "group sync-members": SyncMembersCommand.self
    ]

    /// Returns whether words name one of these commands.
    static func handles(_ words: [String]) -> Bool {
        if inCategories[words.prefix(2).joined(separator: " ")] != nil { return true }
        guard let first = words.first, all[first] != nil else { return false }
        guard first == "request" else { return true }
        return words.count < 2 || RequestCommand.methods.contains(words[1].uppercased()) || words[1].hasPrefix("-")
            || words.dropFirst(2).first?.hasPrefix("/") ?? false
    }

    /// Returns the further commands of a category, with descriptions.
    static func further(in category: String) -> [(name: String, text: String)] {
        inCategories.filter { $0.key.hasPrefix("\(category) ") }.sorted { $0.key < $1.key }.map { name, type in
            (String(name.dropFirst(category.count + 1)), type.configuration.abstract)
        }
    }

    /// Returns the only further command of a category whose name starts with a text.
    static func beginning(_ text: String, in category: String) -> String? {
        let names = further(in: category).map(\.name).filter { $0.hasPrefix(text.lowercased()) }
        return names.count == 1 ? names.first : nil
    }

    /// Parses the arguments after the name and runs the command.
    static func run(_ words: [String], context: ProgramContext) async throws {
        guard let (type, arguments) = command(words) else { return }
        try await run(type, arguments, context)
    }

    /// Returns the help of a command, or of a subcommand such as `runs resume`.
    static func help(_ words: [String], columns: Int) throws(CommandFailure) -> String {
        guard let (type, arguments) = command(words) else { return "" }
        switch parse(type, arguments.filter { !$0.hasPrefix("-") } + ["--help"], columns: columns) {
        case .help(let text): return text
        case .command: return type.helpMessage(columns: columns)
        case .failure(let failure): throw failure
        }
    }

    /// Returns the command that words name, and its arguments.
    private static func command(_ words: [String]) -> (type: any ContextCommand.Type, arguments: [String])? {
        if let type = inCategories[words.prefix(2).joined(separator: " ")] { return (type, Array(words.dropFirst(2))) }
        guard let first = words.first, let type = all[first] else { return nil }
        return (type, Array(words.dropFirst()))
    }

    private static func run<Command: ContextCommand>(
        _ type: Command.Type, _ arguments: [String], _ context: ProgramContext
    ) async throws {
        switch parse(type, arguments, columns: PageLayout(context.output).width) {
        case .command(let command): try await command.run(context)
        case .help(let text): context.output.print(text)
        case .failure(let failure): throw failure
        }
    }

    /// The result of parsing arguments.
    private enum Parsed {
        case command(any ContextCommand)
        /// The requested help.
        case help(String)
        case failure(CommandFailure)
    }

    private static func parse<Command: ContextCommand>(
        _ type: Command.Type, _ arguments: [String], columns: Int
    ) -> Parsed {
        do {
            var parsed = try Command.parseAsRoot(arguments)
            if let command = parsed as? any ContextCommand { return .command(command) }
            // The parser's help command throws the help of its subject.
            try parsed.run()
            return .help(Command.helpMessage(columns: columns))
        } catch {
            let text = Command.fullMessage(for: error, columns: columns)
            if Command.exitCode(for: error).isSuccess { return .help(text) }
            if let failure = unknownSubcommand(of: Command.self, arguments) { return .failure(failure) }
            if Command.self == LoginCommand.self, let failure = LoginCommand.misplacedToken(arguments, text) {
                return .failure(failure)
            }
            return .failure(failure(text, of: Command.configuration.commandName ?? ""))
        }
    }

    /// Returns the failure for a subcommand that does not exist, with the nearest ones; nil if the first argument is
    /// none.
    private static func unknownSubcommand<Command: ContextCommand>(
        of type: Command.Type, _ arguments: [String]
    ) -> CommandFailure? {
        let names = type.configuration.subcommands.map { $0._commandName }
        guard let first = arguments.first, !first.hasPrefix("-"), !names.isEmpty, !(names + ["help"]).contains(first)
        else { return nil }
        let command = type.configuration.commandName ?? ""
        do throws(CommandFailure) {
            _ = try NameMatch(first, among: names.map { ([$0], $0) }).whole
                .get("command of \(command)", first, listing: "\(command) --help")
            return nil
        } catch {
            return error
        }
    }

    /// Returns the failure for invalid arguments: the parser's message without its whole help.
    private static func failure(_ text: String, of command: String) -> CommandFailure {
        let message = text.hasPrefix("Error: ") ? text.dropFirst(7) : text[...]
        let help = ["\n\nOVERVIEW: ", "\nHelp: ", "\nUsage: "].compactMap { message.firstRange(of: $0)?.lowerBound }
            .min()
        guard let help else { return .usage(String(message)) }
        // The message names a subcommand, such as `okta runs resume --help`.
        let named = message.firstRange(of: "See '").map { message[$0.upperBound...].prefix { $0 != "'" } }
        return .usage(String(message[..<help]), advice: "`\(named ?? "\(command) --help")` explains it.")
    }
}
#endif
