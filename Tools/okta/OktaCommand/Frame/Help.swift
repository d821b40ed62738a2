#if CommandLine
internal import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// The help of the program, of a category and of an action.
struct Help: Sendable {
    private let context: ProgramContext

    init(_ context: ProgramContext) { self.context = context }

    /// The help of the program.
    func overview() throws {
        var lines = [
            "okta \(OktaProgram.version): every action of Okta's API, from the shell.", "",
            "usage: okta <category> <action> [values] [options]", "",
            "commands:",
        ]
        for name in BuiltInCommands.all.keys.sorted() {
            let abstract = BuiltInCommands.all[name]?.configuration.abstract ?? ""
            lines.append("  \(Self.padded(name, 12))\(abstract)")
        }
        lines += ["  \(Self.padded("actions", 12))Lists actions, or searches them.", "", "categories:"]
        let names = CommandCatalog.all.categories.map(\.name)
        lines += Self.columns(names, width: context.output.columns ?? 100)
        lines += ["", "`okta help user` lists the actions of a category, `okta help user list-users` explains one."]
        context.output.print(lines.joined(separator: "\n"))
    }

    /// The help that some words name.
    func page(_ words: [String]) throws {
        guard let first = words.first else { return try overview() }
        if let command = BuiltInCommands.all[first], words.count == 1 || first != "request" {
            return context.output.print(command.helpMessage())
        }
        let category = try CommandCatalog.match(first).get("category", first, listing: "okta actions")
        guard words.count > 1 else { return show(category) }
        show(try category.action(words[1]))
    }

    private func show(_ category: CommandCatalog.Category) {
        var lines = ["okta \(category.name): \(Self.plain(category.summary))", ""]
        let width = (category.actions.map(\.name.count).max() ?? 0) + 2
        for action in category.actions {
            let summary = Self.plain(action.help?.summary ?? "")
            let first = summary.prefix { $0 != "." }
            lines.append("  \(Self.padded(action.name, width))\(first)")
        }
        context.output.print(lines.joined(separator: "\n"))
    }

    private func show(_ action: CommandAction) {
        context.output.print(ActionPage(action).text)
    }

    /// Markdown without its marks.
    static func plain(_ text: String) -> String { text.filter { $0 != "`" } }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func columns(_ names: [String], width: Int) -> [String] {
        let column = (names.map(\.count).max() ?? 0) + 2
        let perLine = max(1, (width - 2) / column)
        return stride(from: 0, to: names.count, by: perLine).map { start in
            "  " + names[start..<min(start + perLine, names.count)].map { padded($0, column) }.joined()
        }
    }
}
#endif
