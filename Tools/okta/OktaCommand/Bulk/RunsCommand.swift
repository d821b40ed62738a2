#if CommandLine
package import ArgumentParser
internal import OktaRuntime

/// `okta runs`: the results of runs over sets, and their remaining rows.
struct RunsCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta runs", abstract: "Lists, shows, resumes and undoes runs over sets.",
        subcommands: [List.self, Show.self, Resume.self, Undo.self])

    init() {}

    func run(_ context: ProgramContext) async throws {
        throw CommandFailure.usage(
            "okta runs needs a command: list, show, resume or undo", advice: "`okta help runs` explains them.")
    }

    /// `okta runs list`.
    struct List: ContextCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the runs, the latest first.")

        @OptionGroup var shown: ShownOptions

        init() {}

        func run(_ context: ProgramContext) async throws {
            let folder = try RunFolder(context)
            // A terminal has room for the counts in words.
            let isForPeople = shown.format == nil && shown.columns == nil && context.output.isTerminal
            let output = shown.options(
                columns: isForPeople
                    ? ["id", "result", "title"]
                    : ["id", "state", "rows", "done", "failed", "unknown", "left", "title"])
            var writer = try ResultWriter(
                output, model: nil, module: .management, isList: true, output: context.output)
            var problems: [CommandFailure] = []
            for id in folder.ids() {
                var line: JSON
                do throws(CommandFailure) { line = try RunListing(folder).line(id) } catch {
                    problems.append(error)
                    line = ["id": JSON(id), "state": "unreadable"]
                }
                if isForPeople { line["result"] = JSON(RunListing.result(line)) }
                try writer.write(line)
            }
            try writer.finish()
            // The other runs are still listed.
            for problem in problems { context.notices.print("okta: \(problem.line)") }
        }
    }

    /// `okta runs show`.
    struct Show: ContextCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the rows of a run and their results.")

        @Argument(help: ArgumentHelp("The run: its id, the beginning of it, or last.", valueName: "run")) var id: String
        @Option(help: "Rows in a state: waiting, in-flight, done, failed or unknown. May be given several times.")
        var state: [String] = []
        @Flag(help: "Show the objects as they were before the change, too.") var before = false
        @OptionGroup var shown: ShownOptions

        init() {}

        func run(_ context: ProgramContext) async throws {
            let named = try state.map(RowState.named)
            let states = named.isEmpty ? RowState.allCases : named
            let folder = try RunFolder(context)
            let journal = try folder.look(id)
            if shown.format == nil, shown.columns == nil, context.output.isTerminal {
                return try show(journal, states, context)
            }
            let output = shown.options(
                columns: ["row", "state", "status", "error", "request", "objectId", "requestId"])
            var writer = try ResultWriter(
                output, model: nil, module: .management, isList: true, output: context.output)
            var after = 0
            while case let rows = try journal.rows(states, after: after, limit: 200), let last = rows.last {
                after = last.number
                for row in rows { try writer.write(RunListing.line(row, withBefore: before)) }
            }
            try writer.finish()
        }

        /// Writes the rows in lines that fit a terminal.
        private func show(_ journal: RunJournal, _ states: [RowState], _ context: ProgramContext) throws {
            let layout = RunRowLines(width: context.output.columns ?? 80)
            var after = 0
            while case let rows = try journal.rows(states, after: after, limit: 200), let last = rows.last {
                after = last.number
                for row in rows {
                    for line in layout.lines(RunListing.line(row, withBefore: before)) { context.output.print(line) }
                }
                context.output.flush()
                try context.output.check()
            }
        }
    }

    /// `okta runs resume`.
    struct Resume: ContextCommand {
        static let configuration = CommandConfiguration(
            abstract: "Completes a run; rows that were in flight are checked first.")

        @Argument(help: ArgumentHelp("The run: its id, the beginning of it, or last.", valueName: "run")) var id: String
        @Option(help: "The org's profile; that of the run if omitted.") var org: String?
        @Flag(help: "Send rows again that the org rejected.") var retryFailed = false
        @Flag(help: "Send rows again that may have been executed.") var retryUnknown = false
        @OptionGroup var pace: RunPaceOptions

        init() {}

        func run(_ context: ProgramContext) async throws {
            let run = try RunFolder(context).open(id)
            let profile = try run.journal.header()?.profile
            let settings = pace.settings
            let progress = ProgressLine("runs resume", context: context)
            defer { progress.finish() }
            let selection = OrgSelection(name: org ?? profile)
            let client = try settings.client(selection.client(context.observed(by: progress)))
            let header = try RunWork.header(of: run.journal, id, client)
            if retryFailed { try run.journal.move(.failed, to: .waiting) }
            if retryUnknown { try run.journal.move(.unknown, to: .waiting) }
            if header.hasSecrets, try run.journal.rows([.waiting], limit: 1).first != nil {
                throw CommandFailure.usage(
                    "the run \(header.id) has secrets, which its journal does not contain",
                    advice: "Give its command again, with --resume \(header.id): okta \(header.title)")
            }
            if try run.journal.rows([.waiting, .begun], limit: 1).isEmpty {
                context.notices.print("okta: nothing of the run \(header.id) is left to send")
            }
            try await RunWork(run.journal, header, settings: settings, progress: progress, context: context)
                .finish(client)
        }
    }

    /// `okta runs undo`.
    struct Undo: ContextCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undoes a run as far as the API permits, and lists what cannot be undone.",
            discussion: """
                What the API lets a program write is restored byte for byte. Fields that only the org writes, such as \
                lastUpdated, are not: the command names those that differ in the org.
                """)

        @Argument(help: ArgumentHelp("The run: its id, the beginning of it, or last.", valueName: "run")) var id: String
        @Option(help: "The org's profile; that of the run if omitted.") var org: String?
        @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask.") var yes = false
        @Flag(help: "Show what would be sent; send nothing.") var dryRun = false
        @Option(
            name: [.customLong("format"), .customShort("o")], help: "table, json, ndjson, csv or yaml, for --dry-run.")
        var format: OutputFormat?
        @OptionGroup var pace: RunPaceOptions

        init() {}

        func run(_ context: ProgramContext) async throws {
            let profile = try org ?? RunFolder(context).look(id).header()?.profile
            let progress = ProgressLine("runs undo", context: context)
            defer { progress.finish() }
            let client = try OrgSelection(name: profile).client(context.observed(by: progress))
            try await RunUndo(settings: pace.settings, progress: progress, context: context).run(
                id, through: client, profile: profile, isConfirmed: yes,
                dryRun: dryRun ? OutputOptions(format: format) : nil)
        }
    }
}

/// The pace of a run and its stop conditions.
package struct RunPaceOptions: ParsableArguments {
    @Flag(help: "Stop a run over a set at its first error.")
    package var failFast = false

    @Option(help: ArgumentHelp("Stop a run over a set after this many errors.", valueName: "n"))
    package var maxErrors: Int?

    @Option(help: ArgumentHelp("The maximum number of calls of a run in flight; 8 if omitted.", valueName: "n"))
    package var inFlight: Int?

    @Option(
        help: ArgumentHelp(
            "The seconds before a call of a run without a response is checked; 5 if omitted.",
            valueName: "seconds"))
    package var settle: Int?

    package init() {}

    package func validate() throws {
        if let maxErrors, maxErrors < 1 { throw ValidationError("--max-errors must be at least 1") }
        if let inFlight, !(1...64).contains(inFlight) { throw ValidationError("--in-flight must be 1 to 64") }
        if let settle, !(0...3600).contains(settle) { throw ValidationError("--settle must be 0 to 3600") }
    }

    /// The settings of a run.
    package var settings: RunSettings {
        var settings = RunSettings()
        settings.maximumErrors = failFast ? 1 : maxErrors
        if let inFlight { settings.callsInFlight = inFlight }
        if let settle { settings.settling = .seconds(settle) }
        return settings
    }
}
#endif
