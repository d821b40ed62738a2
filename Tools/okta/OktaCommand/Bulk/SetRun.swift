#if CommandLine
package import OktaRuntime

/// An action over a set: validated as a whole, journaled, and paced by the rate limits.
package struct SetRun: Sendable {
    /// The arguments of the command.
    package struct Request: Sendable {
        package var set: SetSource
        package var mappings: [String] = []
        package var body = BodyArguments()
        package var output = OutputOptions()
        /// The profile of the org.
        package var profile: String?
        /// Whether `--yes` is given.
        package var isConfirmed = false
        package var isDryRun = false
        /// Whether objects are stored before the change.
        package var keepsBefore = true
        /// The maximum number of rows; nil for all.
        package var most: Int?
        /// The run to resume with its secrets.
        package var resumes: String?
        package var settings = RunSettings()

        package init(_ set: SetSource) { self.set = set }
    }

    private let action: CommandAction
    private let split: ArgumentSplit
    private let request: Request
    private let progress: ProgressLine
    private let context: ProgramContext

    package init(
        _ action: CommandAction, _ split: ArgumentSplit, _ request: Request, progress: ProgressLine,
        context: ProgramContext
    ) {
        self.action = action
        self.split = split
        self.request = request
        self.progress = progress
        self.context = context
    }

    /// Performs the run.
    package func run(through client: OktaClient) async throws(CommandFailure) {
        guard action.descriptor.authorization != .client else {
            throw .usage(
                "\(action.category) \(action.name) authenticates an OAuth 2.0 client, and cannot run over a set",
                advice: "Run it for each object.")
        }
        let template = try RowTemplate(
            action, split, mappings: request.mappings, body: request.body, set: request.set, context: context)
        let client = try request.settings.client(client)
        let names = NameResolver(client)
        let ready = try await template.withIDs(through: names)
        var reader = try await RowReader(request.set, ready.kind, client: client, names: names, context: context)
        func preparation(_ journal: RunJournal) -> RunPreparation {
            RunPreparation(
                journal, ready, names: RowNames(names, callsInFlight: request.settings.callsInFlight),
                progress: progress, skipsRepeated: request.set.isList)
        }
        if let id = request.resumes { return try await resume(id, preparation, &reader, client) }
        if request.isDryRun { return try await show(preparation, &reader, client) }
        if action.change.isReading {
            // The items of a list do not state their row.
            let parameter = action.isList ? ready.kind.parameter ?? action.path.names.last : nil
            return try await read(preparation, &reader, client, rowParameter: parameter)
        }
        let folder = try RunFolder(context)
        let created = Moment.now
        var header = RunHeader(
            id: RunFolder.newID(at: created), created: created, orgURL: client.configuration.orgURL,
            profile: request.profile, title: title, keepsBefore: request.keepsBefore)
        let run = try folder.create(header)
        do throws(CommandFailure) {
            var preparation = preparation(run.journal)
            try await preparation.read(&reader, most: request.most)
            guard preparation.count > 0 else {
                folder.remove(run, id: header.id)
                context.notices.print("okta: the set is empty; there is nothing to do")
                return
            }
            header.rowCount = preparation.count
            header.hasSecrets = preparation.hasSecrets
            if DestructiveRule.holds(for: action) {
                let objects = "\(header.rowCount) object\(header.rowCount == 1 ? "" : "s")"
                let takesInput = request.set.path == "-" || request.body.body == "-"
                try Confirmation(isGiven: request.isConfirmed, inputIsTaken: takesInput, context: context)
                    .ask("\(action.category) \(action.name) would run for \(objects) in \(header.orgURL)")
            }
            header.phase = .running
            try run.journal.write(header)
        } catch {
            folder.remove(run, id: header.id)
            throw error.beforeChanges
        }
        try await RunWork(run.journal, header, settings: request.settings, progress: progress, context: context)
            .finish(client)
    }

    /// The command without secrets and without options for its execution.
    private var title: String {
        var words = [action.category, action.name] + split.positionals
        for (name, values) in split.values.sorted(by: { $0.key < $1.key }) {
            for value in values { words += ["--\(KebabCase.name(of: name))", value] }
        }
        if let body = request.body.body { words += ["--body", body] }
        for field in request.body.assignments { words += ["--set", field.argument] }
        for mapping in request.mappings { words += ["--map", mapping] }
        return ShownArguments.text(words + ["--for", request.set.withAbsolutePath(context).text])
    }

    /// Runs a read action, which needs no journal, and shows its results.
    private func read(
        _ prepare: (RunJournal) -> RunPreparation, _ reader: inout RowReader, _ client: OktaClient,
        rowParameter: String?
    ) async throws(CommandFailure) {
        guard action.returnsJSON else {
            throw .usage(
                "\(action.category) \(action.name) returns no JSON, so results of rows cannot be distinguished",
                advice: "Run it for each object.")
        }
        let journal = try RunJournal(path: "")
        var preparation = prepare(journal)
        try await preparation.read(&reader, most: request.most)
        var header = RunHeader(
            id: "", created: Moment.now, orgURL: client.configuration.orgURL, title: title, keepsBefore: false)
        header.rowCount = preparation.count
        try journal.write(header)
        let output = rowParameter == nil ? request.output : request.output.led(by: RunResults.rowMember)
        let results = RunResults(
            try ResultWriter(
                output, model: action.itemModel, module: action.module, isList: true, output: context.output,
                context: context),
            progress, rowParameter: rowParameter)
        let executor = RunExecutor(
            journal, header, client: client, settings: request.settings, results: results, progress: progress,
            context: context)
        let summary = try await executor.run()
        try results.finish()
        context.output.flush()
        try RunReport(summary, id: nil, total: header.rowCount).close(context.notices)
    }

    private func show(
        _ prepare: (RunJournal) -> RunPreparation, _ reader: inout RowReader, _ client: OktaClient
    ) async throws(CommandFailure) {
        let journal = try RunJournal(path: "")
        var preparation = prepare(journal)
        try await preparation.read(&reader, most: request.most)
        try DryRun(
            journal: journal, client: client, keepsBefore: request.keepsBefore && !action.change.isReading,
            options: request.output, context: context,
            knownLimits: RunFolder(context).knownLimits(of: client.configuration.orgURL)
        ).show()
    }

    private func resume(
        _ id: String, _ prepare: (RunJournal) -> RunPreparation, _ reader: inout RowReader, _ client: OktaClient
    ) async throws(CommandFailure) {
        let run = try RunFolder(context).open(id)
        let header = try RunWork.header(of: run.journal, id, client)
        var preparation = prepare(run.journal)
        try await preparation.readAgain(&reader, most: request.most)
        try await RunWork(run.journal, header, settings: request.settings, progress: progress, context: context)
            .finish(client)
    }
}

/// Completes a run whose rows have been prepared.
package struct RunWork: Sendable {
    private let journal: RunJournal
    private let header: RunHeader
    private let settings: RunSettings
    private let progress: ProgressLine
    private let context: ProgramContext

    package init(
        _ journal: RunJournal, _ header: RunHeader, settings: RunSettings, progress: ProgressLine,
        context: ProgramContext
    ) {
        self.journal = journal
        self.header = header
        self.settings = settings
        self.progress = progress
        self.context = context
    }

    /// Returns the header of a run to continue.
    package static func header(
        of journal: RunJournal, _ id: String, _ client: OktaClient
    ) throws(CommandFailure) -> RunHeader {
        guard let header = try journal.header(), header.phase != .preparing else {
            throw .usage(
                "the run \(id) ended before its rows were complete; nothing was sent", advice: "Give its command again."
            )
        }
        guard header.orgURL == client.configuration.orgURL else {
            throw .usage(
                "the run \(header.id) is one of \(header.orgURL), not of \(client.configuration.orgURL)",
                advice: "Name its org with --org.")
        }
        return header
    }

    /// Sends the remaining rows.
    ///
    /// - Parameter client: A client of ``RunSettings/client(_:)``.
    package func finish(_ client: OktaClient) async throws(CommandFailure) {
        if context.notices.isTerminal {
            context.notices.print("okta: run \(header.id): \(header.rowCount) row\(header.rowCount == 1 ? "" : "s")")
        }
        if let other = try? RunFolder(context).runningTwin(of: header) {
            context.notices.print(
                "okta: the run \(other) over the same set is also running; each of them sends all of its rows")
        }
        let check = RestoreCheck(header, context)
        let executor = RunExecutor(
            journal, header, client: client, settings: settings, results: RunResults(nil, progress),
            check: check, progress: progress, context: context)
        let summary: RunSummary
        do throws(CommandFailure) { summary = try await executor.run() } catch {
            throw CommandFailure(
                error.exitCode, error.message,
                advice: [error.advice, "`okta runs resume \(header.id)` continues."].compactMap { $0 }
                    .joined(separator: "\n"))
        }
        if summary.stop == nil {
            var header = header
            header.phase = .finished
            try journal.write(header)
        }
        journal.close()
        if let text = check?.report { context.notices.print("okta: \(text)") }
        try RunReport(summary, id: header.id, total: header.rowCount).close(context.notices)
    }
}
#endif
