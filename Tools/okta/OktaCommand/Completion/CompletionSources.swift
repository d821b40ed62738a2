/// What the completion knows beside the catalog: it is asked only for what a word needs.
package struct CompletionSources: Sendable {
    /// The options of every action, as the frame describes them.
    package var actionOptions: @Sendable () -> ToolDescription
    /// The commands that are no actions, with what they do.
    package var commands: [(name: String, help: String)]
    /// One of them.
    package var command: @Sendable (String) -> ToolDescription?
    /// The further commands in a category of actions, with what they do.
    package var commandsInCategory: @Sendable (String) -> [(name: String, help: String)]
    /// Programs on the path that are subcommands.
    package var plugins: @Sendable () -> [String]
    /// The names of the orgs that are set up.
    package var orgs: @Sendable () -> [String]
    /// The names in a folder; those of folders end with a slash.
    package var files: @Sendable (_ folder: String) -> [String]
    /// The columns of a CSV file.
    package var columns: @Sendable (_ path: String) -> [String]
    /// The ids of runs that begin with a text, with what they are.
    package var runs: @Sendable (_ beginning: String) -> [(name: String, help: String)]
    /// The names of an org's objects that begin with a text; nil stands for the org of the settings.
    package var names: @Sendable (_ collection: NamedCollection, _ beginning: String, _ org: String?) async -> [String]
    /// The attributes that an org's profiles have; nil stands for the org of the settings.
    package var attributes: @Sendable (_ profile: ProfileAttributes, _ org: String?) async -> [String]
    private var org: String?

    package init(
        actionOptions: @escaping @Sendable () -> ToolDescription, commands: [(name: String, help: String)],
        command: @escaping @Sendable (String) -> ToolDescription?,
        commandsInCategory: @escaping @Sendable (String) -> [(name: String, help: String)] = { _ in [] },
        plugins: @escaping @Sendable () -> [String], orgs: @escaping @Sendable () -> [String],
        files: @escaping @Sendable (_ folder: String) -> [String],
        columns: @escaping @Sendable (_ path: String) -> [String] = { _ in [] },
        runs: @escaping @Sendable (_ beginning: String) -> [(name: String, help: String)] = { _ in [] },
        names: @escaping @Sendable (NamedCollection, _ beginning: String, _ org: String?) async -> [String],
        attributes: @escaping @Sendable (ProfileAttributes, _ org: String?) async -> [String] = { _, _ in [] }
    ) {
        self.actionOptions = actionOptions
        self.commands = commands
        self.command = command
        self.plugins = plugins
        self.orgs = orgs
        self.files = files
        self.columns = columns
        self.runs = runs
        self.commandsInCategory = commandsInCategory
        self.names = names
        self.attributes = attributes
    }

    /// The same sources for a command that names an org.
    func asking(_ org: String?) -> CompletionSources {
        var sources = self
        sources.org = org
        return sources
    }

    /// The names of the org's objects that begin with a text.
    func objects(_ collection: NamedCollection, _ beginning: String) async -> [String] {
        await names(collection, beginning, org)
    }

    /// The attributes that the org's profiles have.
    func attributes(of profile: ProfileAttributes) async -> [String] { await attributes(profile, org) }
}
