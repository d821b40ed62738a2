#if CommandLine
internal import OktaRuntime

/// The program: finds the command that the first words name, and runs it.
package struct OktaProgram: Sendable {
    private let context: ProgramContext

    package init(_ context: ProgramContext) {
        var context = context
        if let trace = CallTrace(context) {
            context.observers.append(trace)
        } else if !(context.notices.isTerminal && context.obeysMarks) {
            // A terminal has a progress line.
            context.observers.append(
                WaitNotice(
                    "okta", advice: "OKTA_CLIENT_REQUESTTIMEOUT=SECONDS limits the time of a call with its waits",
                    context: context))
        }
        self.context = context
    }

    /// Runs one command line.
    ///
    /// - Parameter arguments: The arguments after the program's name.
    /// - Returns: The exit code.
    package func run(_ arguments: [String]) async -> ExitCode {
        let used = OrgUse.Record()
        let code = await OrgUse.$record.withValue(used) { await perform(arguments) }
        await used.returnLeases()
        // Commands that use no org, such as help, and completion are not logged.
        if !used.all.isEmpty, arguments.first != CompletionQuestion.word, let log = try? CommandLog(context) {
            log.add(arguments, orgs: used.all, exitCode: code)
        }
        return code
    }

    private func perform(_ arguments: [String]) async -> ExitCode {
        do {
            try await dispatchWhileRead(arguments)
            context.output.flush()
            try context.output.check()
            context.notices.flush()
            return .done
        } catch {
            let failure = CommandFailure(of: error)
            context.output.flush()
            if failure.exitCode != .done { context.notices.print("okta: \(failure)") }
            context.notices.flush()
            return failure.exitCode
        }
    }

    /// Runs the command. A command that only shows results ends when its output is no longer read, even while it
    /// waits.
    private func dispatchWhileRead(_ arguments: [String]) async throws {
        let end = await withTaskGroup(of: Result<Void, any Error>?.self) { group in
            group.addTask {
                do { return .success(try await dispatch(arguments)) } catch { return .failure(error) }
            }
            group.addTask { await context.output.losesReader() ? .failure(CommandFailure.outputClosed) : nil }
            // The other task is cancelled.
            defer { group.cancelAll() }
            for await case let end? in group { return end }
            return .success(())
        }
        try end.get()
    }

    private func dispatch(_ arguments: [String]) async throws {
        if arguments.first == CompletionQuestion.word {
            return await CompletionQuestion(context).writeCandidates(Array(arguments.dropFirst()))
        }
        let (leading, words) = Self.leadingOptions(arguments)
        guard let first = words.first else {
            return try Help(context).overview()
        }
        if first == "--version" || words == ["version"] { return context.output.print(Self.version) }
        if first == "--help" || first == "-h" { return try Help(context).overview() }
        if first == "help" { return try Help(context).page(Array(words.dropFirst())) }
        if BuiltInCommands.handles(words) {
            return try await BuiltInCommands.run(words + leading, context: context)
        }
        // The exact name of a plugin takes precedence over the prefix of a category. It is looked up first, which is
        // cheaper than loading every module.
        if let plugin = Plugin(first, context), CommandCatalog.all.hasNoCategory(first) {
            return try plugin.run(Array(words.dropFirst()) + leading, context)
        }
        switch CommandCatalog.match(first) {
        case .found(let category), .beginning(let category, of: _):
            guard words.count > 1, !words[1].hasPrefix("-") else { return try Help(context).page([first]) }
            let rest = Array(words.dropFirst(2)) + leading
            let match = try category.match(words[1])
            if case .unknown = match, let command = BuiltInCommands.beginning(words[1], in: category.name) {
                note(words, means: [category.name, command])
                return try await BuiltInCommands.run([category.name, command] + rest, context: context)
            }
            let kind = category.isNamed(first) ? "action" : "action of \(category.name)"
            let action = try match.get(kind, words[1], listing: "okta help \(category.name)")
            if rest.contains("--help") || rest.contains("-h") {
                return try Help(context).page([category.name, action.name])
            }
            if !action.isReading, match.isBeginning || !category.isNamed(first) {
                note(words, means: [category.name, action.name])
            }
            try await ActionCommand(action, rest, context: context).run()
        case .unknown:
            // A beginning is enough for categories, and not for commands and programs.
            let categories = CommandCatalog.all.categories.map(\.name)
            let further = BuiltInCommands.all.keys.sorted() + Help.plugins(context).map(\.name)
            _ = try NameMatch(first, among: (categories + further).map { ([$0], $0) }).whole
                .get("category or command", first, listing: "okta help")
        case .ambiguous(let names):
            _ = try NameMatch<String>.ambiguous(names).get("category or command", first, listing: "okta help")
        }
    }

    /// Prints the full names of abbreviated words before something is changed.
    private func note(_ words: [String], means names: [String]) {
        let typed = TerminalText.safe(words.prefix(2).joined(separator: " "))
        context.notices.print("okta: \(typed) means \(names.joined(separator: " "))")
    }

    /// Splits off options before the first word, which belong to the command: `okta --org acme user list-users`.
    private static func leadingOptions(_ arguments: [String]) -> (options: [String], words: [String]) {
        var options: [String] = []
        var rest = arguments[...]
        while let first = rest.first, first.hasPrefix("-"), first.count > 1,
            !["--version", "--help", "-h"].contains(first)
        {
            options.append(rest.removeFirst())
            if ActionOptions.withValue.contains(first), let value = rest.popFirst() { options.append(value) }
        }
        return (options, Array(rest))
    }

    /// The version of the program, which equals the package's.
    package static let version = RuntimeVersion.current
}
#endif
