#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// `okta <category> <action> …`: an action on one object or over a set.
package struct ActionCommand: Sendable {
    private let action: CommandAction
    private let split: ArgumentSplit
    private let options: ActionOptions
    private let context: ProgramContext

    /// Parses the arguments after the action's name.
    package init(_ action: CommandAction, _ arguments: [String], context: ProgramContext) throws {
        self.action = action
        self.context = context
        split = try ArgumentSplit(
            arguments, of: action,
            shortOptions: PathNames(action.descriptor).options(besides: ActionOptions.withValue),
            optionsWithValue: ActionOptions.withValue)
        do { options = try ActionOptions.parse(split.options) } catch {
            throw Self.failure(ActionOptions.message(for: error), of: action)
        }
    }

    /// Returns the failure for invalid options. The argument parser knows the common options, but not the action's
    /// parameters.
    private static func failure(_ message: String, of action: CommandAction) -> CommandFailure {
        let listing = "`okta help \(action.category) \(action.name)` lists the options."
        let beginning = "Unknown option '"
        guard message.hasPrefix(beginning) else { return .usage(message, advice: listing) }
        let option = String(message.dropFirst(beginning.count).prefix { $0 != "'" })
        let parameters = action.descriptor.parameters.map { "--\(KebabCase.name(of: $0.name))" }
        let common = ToolDescription(ActionOptions.self).arguments.flatMap(\.names).filter { $0.hasPrefix("--") }
        let nearest: [String] =
            switch NameMatch(option, among: (parameters + common).map { ([$0], $0) }) {
            case .found(let name), .beginning(let name, of: _): [name]
            case .ambiguous(let names), .unknown(let names): Array(names.prefix(3))
            }
        let hint = nearest.isEmpty ? "" : "Did you mean \(nearest.joined(separator: " or "))? "
        return .usage("there is no option '\(option)'", advice: hint + listing)
    }

    /// Runs the action.
    package func run() async throws(CommandFailure) {
        // A change is completed even if nobody reads its output.
        if action.change.isReading { context.output.endWithReader() }
        if let set = options.set { return try await run(over: SetSource(set)) }
        if let option = options.mappings.isEmpty ? options.resume.map({ _ in "--resume" }) : "--map" {
            throw .usage("\(option) is for a run over a set", advice: "Name the set with --for, or leave it out.")
        }
        let values = try ParameterValues(split, of: action)
        let missing = values.missing(in: action)
        guard missing.isEmpty else {
            let names = missing.map { "--\(KebabCase.name(of: $0.name))" }.joined(separator: ", ")
            throw .usage(
                "\(action.category) \(action.name) needs \(names)",
                advice:
                    "`okta help \(action.category) \(action.name)` says what \(missing.count == 1 ? "it means" : "they mean")."
            )
        }
        for text in UnlistedValues(of: action).notices(values.values) {
            context.notices.print("okta: \(TerminalText.safe(text))")
        }
        if options.call.dryRun { return try show(values.values, options.orgSelection.client(context)) }
        if options.allOrgs {
            try confirm(values.values, in: "every org")
            return try await runInEveryOrg(values.values)
        }
        let progress = ProgressLine("\(action.category) \(action.name)", context: context)
        defer { progress.finish() }
        let context = context.observed(by: progress)
        let client = try options.orgSelection.client(context)
        try confirm(values.values, in: client.configuration.orgURL)
        let call = try await call(through: client, values.values, context)
        let single = SingleCall(
            call, client: client, options: options.call.output, context: context, progress: progress)
        try await single.run(limit: options.call.first)
    }

    private func runInEveryOrg(_ values: [String: String]) async throws(CommandFailure) {
        // Standard input can only be read once, but each org needs it.
        var surroundings = context
        if options.call.body == "-" { surroundings.input = .fixed(try context.input.readAll()) }
        let context = surroundings
        let targets = try options.orgSelection.targets(context)
        try await EveryOrg(targets, action, options: options.call.output, context: context).run(
            limit: options.call.first
        ) {
            client async throws(CommandFailure) in try await call(through: client, values, context)
        }
    }

    private func call(
        through client: OktaClient, _ values: [String: String], _ context: ProgramContext
    ) async throws(CommandFailure) -> ActionCall {
        let resolved = try await NameResolver(client).resolve(values, of: action)
        var call = ActionCall(action, values: resolved)
        call.client = try options.clientCredentials.authentication(for: action, context)
        call.body = try await body(through: client, resolved, context)
        return call
    }

    private func run(over set: SetSource) async throws(CommandFailure) {
        if options.allOrgs { throw .usage("a run over a set is for one org", advice: "Name it with --org.") }
        if set.path == "-", options.call.body == "-" {
            throw .usage("the standard input cannot be both the set and the body", advice: "Put one into a file.")
        }
        var request = SetRun.Request(set)
        request.mappings = options.mappings
        request.body = BodyArguments(body: options.call.body, assignments: try assignments())
        request.output = options.call.output
        request.profile = options.call.org
        request.isConfirmed = options.call.yes
        request.isDryRun = options.call.dryRun
        request.keepsBefore = !options.noUndo
        request.most = options.call.first
        request.resumes = options.resume
        request.settings = options.pace.settings
        let progress = ProgressLine("\(action.category) \(action.name)", context: context)
        defer { progress.finish() }
        let client = try options.orgSelection.client(context.observed(by: progress))
        try await SetRun(action, split, request, progress: progress, context: context).run(through: client)
    }

    /// Asks for confirmation before a destructive call.
    private func confirm(_ values: [String: String], in org: String) throws(CommandFailure) {
        guard DestructiveRule.holds(for: action) else { return }
        let row = RowCall(action, values: values)
        try Confirmation(isGiven: options.call.yes, inputIsTaken: options.call.body == "-", context: context)
            .ask("\(action.category) \(action.name) would change \(row.target) in \(org)")
    }

    /// Shows the call without sending it or reading anything.
    private func show(_ values: [String: String], _ client: OktaClient) throws(CommandFailure) {
        let arguments = BodyArguments(body: options.call.body, assignments: try assignments())
        let builder = BodyBuilder(action, context)
        let isPartial = builder.needsPresentObject(arguments)
        var call = ActionCall(action, values: values)
        call.client = try options.clientCredentials.authentication(for: action, context)
        if !isPartial { call.body = try builder.body(arguments) }
        let changes = isPartial ? arguments.assignments : []
        try DryRun.show(
            CurlText(call, setsFields: isPartial, through: client), changes: changes,
            names: NameResolver.names(in: values, of: action),
            context: context)
    }

    private func assignments() throws(CommandFailure) -> [FieldAssignment] {
        var assignments: [FieldAssignment] = []
        for text in options.call.assignments { assignments.append(try FieldAssignment(text)) }
        return assignments
    }

    private func body(
        through client: OktaClient, _ values: [String: String], _ context: ProgramContext
    ) async throws(CommandFailure) -> ActionCall.Body {
        let arguments = BodyArguments(body: options.call.body, assignments: try assignments())
        let builder = BodyBuilder(action, context)
        guard builder.needsPresentObject(arguments), let reading = builder.reading else {
            return try builder.body(arguments)
        }
        let own = Set(reading.descriptor.parameters.filter { $0.location == .path }.map(\.name))
        let call = ActionCall(reading, values: values.filter { own.contains($0.key) })
        let response = try await call.perform(through: client)
        do { return try builder.body(arguments, present: try response.json()) } catch {
            throw CommandFailure(of: error)
        }
    }
}
#endif
