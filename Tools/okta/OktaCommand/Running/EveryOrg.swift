package import OktaRuntime

/// Runs an action on several orgs and shows the results as one list, with a column for the org first.
package struct EveryOrg: Sendable {
    private let targets: [OrgTarget]
    private let action: CommandAction
    private let options: OutputOptions
    private let context: ProgramContext

    package init(_ targets: [OrgTarget], _ action: CommandAction, options: OutputOptions, context: ProgramContext) {
        self.targets = targets
        self.action = action
        self.options = options.led(by: "org")
        self.context = context
    }

    /// The maximum number of orgs that are called concurrently.
    private static let atOnce = 8

    /// Runs the action on several orgs concurrently. A failure in one does not stop the others. The rows of an org
    /// keep their order; the pages of several orgs are interleaved as they arrive.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of items per org; nil for all.
    ///   - call: Creates the call for the client of an org.
    package func run(
        limit: Int? = nil, _ call: @escaping @Sendable (OktaClient) async throws(CommandFailure) -> ActionCall
    ) async throws(CommandFailure) {
        guard action.returnsJSON else {
            throw .usage(
                "\(action.category) \(action.name) returns no JSON, so results of orgs cannot be distinguished")
        }
        let rows = OrgRows(
            try ResultWriter(
                options, model: action.itemModel, module: action.module, isList: true,
                output: context.output, context: context))
        let failures = await targets.concurrently(atOnce: Self.atOnce) { target in
            await failure(of: target, limit: limit, call, into: rows)
        }.compactMap { $0 }
        try await rows.finish()
        if let interruption = failures.first(where: { $0.exitCode == .interrupted }) { throw interruption }
        guard let first = failures.first else { return }
        let message = "the action failed in \(failures.count) of \(targets.count) orgs"
        guard failures.count == targets.count else { throw CommandFailure(.partlyDone, message) }
        let isOfOneKind = failures.allSatisfy { $0.exitCode == first.exitCode }
        throw CommandFailure(isOfOneKind ? first.exitCode : .refused, message)
    }

    /// Runs the action on one org and returns the failure; nil on success.
    private func failure(
        of target: OrgTarget, limit: Int?, _ call: @Sendable (OktaClient) async throws(CommandFailure) -> ActionCall,
        into rows: OrgRows
    ) async -> CommandFailure? {
        do throws(CommandFailure) {
            let client = try target.client()
            try await write(try await call(client), of: target.name, through: client, limit: limit, into: rows)
            return nil
        } catch {
            // A failure to write the output affects all orgs and is reported once.
            let isOfOutput = (try? context.output.check()) == nil
            if error.exitCode != .interrupted, !isOfOutput {
                context.output.flush()
                context.notices.print("okta: \(target.name): \(error)")
                context.notices.flush()
            }
            return error
        }
    }

    private func write(
        _ call: ActionCall, of name: String, through client: OktaClient, limit: Int?, into rows: OrgRows
    ) async throws(CommandFailure) {
        guard action.descriptor.isPaged else {
            let response = try await call.perform(through: client)
            let json: JSON
            do { json = try action.content(of: response) ?? .emptyObject } catch {
                throw CommandFailure(error)
            }
            _ = try await rows.write(json.elements ?? [json], of: name, upTo: limit ?? .max)
            return
        }
        var left = limit ?? .max
        var end = ListEnd()
        do {
            for try await page in try call.pages(through: client).pages {
                end.see(page.items)
                left = try await rows.write(page.items, of: name, upTo: left)
                if left == 0 { break }
            }
        } catch let error as OktaError where end.isReached(by: error) {
            context.output.flush()
            context.notices.print("okta: \(name): \(ListEnd.notice)")
        } catch {
            throw CommandFailure(of: error)
        }
    }
}

/// The common list of the orgs' rows.
private actor OrgRows {
    private var writer: ResultWriter

    init(_ writer: sending ResultWriter) { self.writer = writer }

    /// Writes the first items that meet the conditions.
    ///
    /// - Returns: How many more items of the org may be written.
    func write(_ items: [JSON], of org: String, upTo limit: Int) throws(CommandFailure) -> Int {
        var left = limit
        try writer.write(items.map { $0.led(by: "org", org) }, upTo: &left)
        return left
    }

    func finish() throws(CommandFailure) { try writer.finish() }
}
