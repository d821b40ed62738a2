package import OktaRuntime

/// Runs one action in each of several orgs and shows the results as one list, with a column for the org in front.
package struct EveryOrg: Sendable {
    private let targets: [OrgTarget]
    private let action: CommandAction
    private let options: OutputOptions
    private let context: ProgramContext

    package init(_ targets: [OrgTarget], _ action: CommandAction, options: OutputOptions, context: ProgramContext) {
        self.targets = targets
        self.action = action
        var options = options
        if let columns = options.columns, !columns.contains("org") { options.columns = ["org"] + columns }
        self.options = options
        self.context = context
    }

    /// Runs it, org after org. A failure in one does not stop the others.
    ///
    /// - Parameters:
    ///   - limit: How many items are written per org at most; nil for all.
    ///   - call: Makes the call for the client of an org.
    package func run(
        limit: Int? = nil, _ call: (OktaClient) async throws(CommandFailure) -> ActionCall
    ) async throws(CommandFailure) {
        guard action.descriptor.accept.map({ $0.contains("json") }) ?? true else {
            throw .usage(
                "\(action.category) \(action.name) returns no JSON, so that results of orgs cannot be told apart")
        }
        var writer = try ResultWriter(
            options, model: SingleCall.itemModel(of: action), module: action.module, isList: true,
            output: context.output, context: context)
        var failed = 0
        for target in targets {
            do throws(CommandFailure) {
                let client = try target.client()
                try await write(try await call(client), of: target.name, through: client, limit: limit, into: &writer)
            } catch {
                if error.exitCode == .interrupted {
                    try writer.finish()
                    throw error
                }
                failed += 1
                context.output.flush()
                context.notices.print("okta: \(target.name): \(error)")
            }
        }
        try writer.finish()
        guard failed == 0 else {
            throw CommandFailure(.partlyDone, "the action failed in \(failed) of \(targets.count) orgs")
        }
    }

    private func write(
        _ call: ActionCall, of name: String, through client: OktaClient, limit: Int?, into writer: inout ResultWriter
    ) async throws(CommandFailure) {
        guard action.descriptor.isPaged else {
            let response = try await call.perform(through: client)
            let json: JSON
            do { json = response.isBodyEmpty ? .emptyObject : try response.json() } catch {
                throw CommandFailure(error)
            }
            for item in json.elements ?? [json] { try writer.write(Self.item(item, of: name)) }
            return
        }
        var left = limit ?? .max
        do {
            for try await page in try call.pages(through: client).pages {
                for item in page.items.prefix(left) { try writer.write(Self.item(item, of: name)) }
                left -= min(left, page.items.count)
                if left == 0 { break }
            }
        } catch let error as OktaError {
            throw CommandFailure(error)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.refused, "\(error)")
        }
    }

    /// An item with the org's name in front of its members.
    static func item(_ item: JSON, of name: String) -> JSON {
        guard let members = item.members else { return ["org": JSON(name), "value": item] }
        return JSON(members: [("org", JSON(name))] + members.filter { $0.key != "org" }.map { ($0.key, $0.value) })
    }
}
