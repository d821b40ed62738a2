/// The data for completion in addition to the catalog. Each source is only queried when needed.
package struct CompletionSources: Sendable {
    /// The common options of actions, from the argument parser.
    package var actionOptions: @Sendable () -> ToolDescription
    /// The commands that are not actions, with descriptions.
    package var commands: [(name: String, help: String)]
    /// Returns the description of a command.
    package var command: @Sendable (String) -> ToolDescription?
    /// Returns further commands in a category of actions, with descriptions.
    package var commandsInCategory: @Sendable (String) -> [(name: String, help: String)]
    /// Returns the programs on the path that are subcommands.
    package var plugins: @Sendable () -> [String]
    /// Returns the names of the configured orgs.
    package var orgs: @Sendable () -> [String]
    /// Returns the names in a folder. Names of folders end with a slash.
    package var files: @Sendable (_ folder: String) -> [String]
    /// Returns the columns of a CSV file.
    package var columns: @Sendable (_ path: String) -> [String]
    /// Returns the ids of runs that start with a text, with descriptions.
    package var runs: @Sendable (_ beginning: String) -> [(name: String, help: String)]
    /// Returns the names of an org's objects that start with a text; nil means the configured org.
    package var names: @Sendable (_ collection: NamedCollection, _ beginning: String, _ org: String?) async -> [String]
    /// Returns the attributes of an org's profiles; nil means the configured org.
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

    /// Returns the sources for a command that specifies an org.
    func asking(_ org: String?) -> CompletionSources {
        var sources = self
        sources.org = org
        return sources
    }

    /// Returns the names of the org's objects that start with a text.
    func objects(_ collection: NamedCollection, _ beginning: String) async -> [String] {
        await names(collection, beginning, org)
    }

    /// Returns the attributes of the org's profiles.
    func attributes(of profile: ProfileAttributes) async -> [String] { await attributes(profile, org) }
}
