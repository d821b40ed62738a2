#if CommandLine
package import ArgumentParser
internal import OktaRuntime

/// `okta logs tail|ship`: follows the System Log.
package struct LogsCommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta logs", abstract: "Follows the System Log, or ships it into a file or a database.",
        subcommands: [LogsTailCommand.self, LogsShipCommand.self])

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        throw CommandFailure.usage("okta logs needs a command: tail or ship", advice: "`okta help logs` explains them.")
    }
}

struct LogsTailCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Shows new events as they arrive.",
        discussion: """
            Without --since, it begins five minutes ago. With --state, the next run continues where this one ended. The
            state is stored after a batch is shown, so an event may be shown twice after a crash, but none is missed.
            `okta logs ship` stores each exactly once.
            """)

    @OptionGroup var log: LogOptions

    @Option(
        help: ArgumentHelp(
            "The file with the position, read at the start and written after each batch.", valueName: "file"))
    var state: String?

    @Option(
        name: [.customLong("format"), .customShort("o")],
        help: ArgumentHelp("table, json, ndjson, csv or yaml.", valueName: "form"))
    var format: OutputFormat?

    @Option(help: ArgumentHelp("The columns of tables and CSV.", valueName: "paths")) var columns: String?

    @Option(help: ArgumentHelp("A JSONPath or a JSON Pointer that selects from each event.", valueName: "path"))
    var query: String?

    init() {}

    func run(_ context: ProgramContext) async throws {
        context.output.endWithReader()
        // Without a stored position, a tail starts five minutes ago.
        let query = try log.query(standard: 300)
        let client = try OrgSelection(name: log.org).client(context)
        let stream = query.stream(of: client)
        let file = state.map { PrivateFile($0.hasPrefix("/") ? $0 : "\(context.workingDirectory)/\($0)") }
        var position = LogPosition(stream: stream, since: query.since)
        if let file, let bytes = try file.read() {
            position = try LogPosition(text: String(decoding: bytes, as: UTF8.self), in: file.path)
            try position.check(stream: stream, in: file.path)
        }
        var list = query
        list.since = position.since
        var shown = OutputOptions(
            // An array that never ends is not valid JSON.
            format: format ?? (context.output.isTerminal ? .table : .ndjson), columns: OutputOptions.paths(columns),
            query: self.query)
        shown.usualColumns = ["published", "eventType", "actor.alternateId", "outcome.result", "displayMessage"]
        var writer = try ResultWriter(
            shown, model: "LogEvent", module: .management, isList: true, output: context.output)
        let follower = LogFollower(
            list.list(of: client), interval: .seconds(log.interval), once: log.once, notices: context.notices)
        do {
            try await follower.run(from: position.tail) { batch throws(CommandFailure) in
                for event in batch.items { try writer.write(event) }
                // The position is stored after the output, so the next run shows events that could not be written.
                try writer.flush()
                position.tail = batch.position
                if let file { try file.write(Array(position.text().utf8)) }
                return true
            }
            try writer.finish()
        } catch {
            try writer.finish()
            throw error
        }
    }
}
#endif
