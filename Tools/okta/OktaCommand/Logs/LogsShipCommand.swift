#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// `okta logs ship`: stores each event exactly once.
struct LogsShipCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "ship", abstract: "Stores each event exactly once, in a file or a database.",
        discussion: """
            Events and their position are stored together, so that killing a run at any point neither loses nor \
            duplicates an event. The first run begins at --since, or 90 days ago, because events are kept that long.

              FILE             one JSON value a line; FILE.position has the position
              sqlite:PATH      tables okta_log_events and okta_log_positions
              postgres://…     the same tables; needs libpq, which is loaded at run time
            """)

    @OptionGroup var log: LogOptions

    @Option(help: ArgumentHelp("FILE, sqlite:PATH or postgres://USER@HOST/DATABASE.", valueName: "place"))
    var to: String

    init() {}

    func run(_ context: ProgramContext) async throws {
        var query = try log.query(standard: 90 * 86_400)
        let destination = try LogDestination(to)
        let client = try OrgSelection(name: log.org).client(context)
        let stream = query.stream(of: client)
        let sink = try Self.sink(destination, context)
        var position = try sink.position(of: stream) ?? LogPosition(stream: stream, since: query.since)
        query.since = position.since
        // The start is stored first: it stays the same even if the first run is killed, and existing content of a file
        // is kept.
        if position.tail == nil { try sink.store([], position) }
        let follower = LogFollower(
            query.list(of: client), interval: .seconds(log.interval), once: log.once, notices: context.notices)
        var count = 0
        do {
            try await follower.run(from: position.tail) { batch throws(CommandFailure) in
                position.tail = batch.position
                try sink.store(batch.items, position)
                count += batch.items.count
                return true
            }
        } catch {
            context.notices.print(Self.stored(count))
            throw error
        }
        context.notices.print(Self.stored(count))
    }

    private static func stored(_ count: Int) -> String { "\(count) event\(count == 1 ? "" : "s") stored" }

    private static func sink(_ destination: LogDestination, _ context: ProgramContext) throws(CommandFailure)
        -> any LogSink
    {
        func full(_ path: String) -> String { path.hasPrefix("/") ? path : "\(context.workingDirectory)/\(path)" }
        switch destination {
        case .file(let path): return try FileSink(path: full(path))
        case .sqlite(let path): return try SQLiteSink(path: full(path))
        case .postgres(let address): return try PostgresSink(address)
        }
    }
}
#endif
