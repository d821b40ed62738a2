#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// `okta <category> <action> …`: one action, over one object or over a set.
package struct ActionCommand: Sendable {
    private let action: CommandAction
    private let split: ArgumentSplit
    private let options: CallOptions
    private let context: ProgramContext

    /// Parses what stands behind the action's name.
    package init(_ action: CommandAction, _ arguments: [String], context: ProgramContext) throws {
        self.action = action
        self.context = context
        split = try ArgumentSplit(arguments, of: action, optionsWithValue: CallOptions.withValue)
        do { options = try CallOptions.parse(split.options) } catch {
            throw CommandFailure.usage(
                CallOptions.message(for: error),
                advice: "`okta help \(action.category) \(action.name)` lists the options.")
        }
    }

    /// Runs it.
    package func run() async throws(CommandFailure) {
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
        let client = try options.orgSelection.client(context)
        var call = ActionCall(action, values: values.values)
        call.client = try options.clientCredentials.authentication(for: action, context)
        call.body = try await body(through: client, values.values)
        try await SingleCall(call, client: client, options: options.output, context: context).run(limit: options.first)
    }

    private func body(
        through client: OktaClient, _ values: [String: String]
    ) async throws(CommandFailure) -> ActionCall.Body {
        var assignments: [FieldAssignment] = []
        for text in options.assignments { assignments.append(try FieldAssignment(text)) }
        let arguments = BodyArguments(body: options.body, assignments: assignments)
        let builder = BodyBuilder(action, context)
        guard builder.needsPresentObject(arguments), let reading = builder.reading else {
            return try builder.body(arguments)
        }
        let own = Set(reading.descriptor.parameters.filter { $0.location == .path }.map(\.name))
        let call = ActionCall(reading, values: values.filter { own.contains($0.key) })
        let response = try await call.perform(through: client)
        do { return try builder.body(arguments, present: try response.json()) } catch let error as OktaError {
            throw CommandFailure(error)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.refused, "\(error)")
        }
    }
}
#endif
