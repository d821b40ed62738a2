#if CommandLine
internal import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// The help of the program, of a category and of an action.
struct Help: Sendable {
    private let context: ProgramContext
    private let layout: PageLayout

    init(_ context: ProgramContext) {
        self.context = context
        layout = PageLayout(context.output)
    }

    /// The commands that are not actions, with descriptions.
    static var commands: [(name: String, text: String)] {
        let builtIn = BuiltInCommands.all.map { ($0.key, $0.value.configuration.abstract) }
        return (builtIn + [("help", "Explains a category, an action or a command.")]).sorted { $0.0 < $1.0 }
    }

    /// The common options of actions, with descriptions.
    static var actionOptions: [(name: String, text: String)] {
        let description = ToolDescription(ActionOptions.self)
        return description.arguments.filter { !$0.names.contains("--help") }.map { option in
            let value = option.takesValue ? " <\(option.valueName)>" : ""
            return (option.names.joined(separator: ", ") + value, option.help)
        }
    }

    /// Returns the programs on the path that are commands. A program with the name of a category or a command is never
    /// run.
    static func plugins(_ context: ProgramContext) -> [Plugin] {
        Plugin.all(context).filter {
            BuiltInCommands.all[$0.name] == nil && CommandCatalog.all.hasNoCategory($0.name)
        }
    }

    /// Prints the help of the program.
    func overview() throws {
        var lines = layout.paragraph("okta \(OktaProgram.version): every action of Okta's API, from the shell.")
        lines += ["", "usage: okta <category> <action> [values] [options]", "", "commands:"]
        lines += layout.entries(Self.commands)
        let plugins = Self.plugins(context)
        if !plugins.isEmpty {
            lines += ["", "programs on the path:"]
            lines += layout.entries(plugins.map { ($0.name, $0.summary) })
        }
        for group in CategoryGroup.all(of: .all) {
            lines += ["", "\(group.title.lowercased()):"] + layout.columns(group.names)
        }
        lines += [""]
        lines += layout.paragraph(
            "`okta help user` lists the actions of a category, `okta help user list-users` explains one, "
                + "`okta help type UserProfile` a type of its body, and `okta help options` the options that every action "
                + "has.")
        context.output.print(lines.joined(separator: "\n"))
    }

    /// Prints the help for words.
    func page(_ words: [String]) throws {
        guard let first = words.first else { return try overview() }
        if first == "help" || first.hasPrefix("-") { return try overview() }
        if BuiltInCommands.handles(words) {
            return context.output.print(try BuiltInCommands.help(words, columns: layout.width))
        }
        if first == "options", words.count == 1 { return options() }
        if first == "type", words.count == 2 {
            return context.output.print(try TypePage.all(words[1]).map { $0.text(layout) }.joined(separator: "\n\n"))
        }
        if words == ["type"] {
            throw CommandFailure.usage("the type's name is missing", advice: "Give it: `okta help type UserProfile`.")
        }
        if words.count == 1, let plugin = Plugin(first, context), CommandCatalog.all.hasNoCategory(first) {
            return context.output.print(
                "\(first) is the program \(plugin.path). `okta \(first) --help` may explain it.")
        }
        let category = try CommandCatalog.match(first).get("category", first, listing: "okta actions")
        guard words.count > 1 else { return show(category) }
        let match = try category.match(words[1])
        if case .unknown = match, let command = BuiltInCommands.beginning(words[1], in: category.name) {
            return try page([category.name, command])
        }
        let action = try match.get("action", words[1], listing: "okta help \(category.name)")
        context.output.print(ActionPage(action).text(layout))
    }

    private func options() {
        let lines = ["The options that every action has, besides its parameters:", ""]
        context.output.print((lines + layout.entries(Self.actionOptions)).joined(separator: "\n"))
    }

    private func show(_ category: CommandCatalog.Category) {
        var lines = layout.paragraph("okta \(category.name): \(PageLayout.plain(category.summary))") + [""]
        lines += layout.entries(
            category.actions.map { action in
                (action.name, PageLayout.firstSentence(of: PageLayout.plain(action.help?.summary ?? "")))
            } + BuiltInCommands.further(in: category.name))
        context.output.print(lines.joined(separator: "\n"))
    }
}

extension CommandCatalog {
    /// Returns whether no category has exactly this name.
    func hasNoCategory(_ name: String) -> Bool { !categories.contains { $0.isNamed(name) } }
}

extension CommandCatalog.Category {
    /// Returns whether a text is the exact name, with or without hyphens.
    func isNamed(_ text: String) -> Bool {
        let typed = text.lowercased()
        return name == typed || name.filter { $0 != "-" } == typed
    }
}
#endif
