package import OktaRuntime

/// Runs one call of an action and shows its result.
package struct SingleCall: Sendable {
    private let call: ActionCall
    private let client: OktaClient
    private let options: OutputOptions
    private let context: ProgramContext

    package init(_ call: ActionCall, client: OktaClient, options: OutputOptions, context: ProgramContext) {
        self.call = call
        self.client = client
        self.options = options
        self.context = context
    }

    /// Sends it and writes the result; a list is written page by page.
    ///
    /// - Parameter limit: How many items of a list are written at most; nil for all.
    package func run(limit: Int? = nil) async throws(CommandFailure) {
        let descriptor = call.action.descriptor
        var writer = try ResultWriter(
            options, model: Self.itemModel(of: descriptor), module: call.action.module,
            isList: descriptor.isPaged || descriptor.returns?.hasPrefix("[") == true, output: context.output)
        if descriptor.isPaged {
            try await list(limit: limit, into: &writer)
        } else {
            let response = try await call.perform(through: client)
            if descriptor.accept.map({ !$0.contains("json") }) ?? false {
                context.output.write(bytes: response.body)
            } else if !response.isBodyEmpty {
                let json = try Self.json(of: response)
                for item in json.elements ?? [json] { try writer.write(item) }
                try writer.finish()
            }
        }
        context.output.flush()
    }

    private func list(limit: Int?, into writer: inout ResultWriter) async throws(CommandFailure) {
        var left = limit ?? .max
        let pages = try call.pages(through: client).pages
        do {
            for try await page in pages {
                for item in page.items.prefix(left) { try writer.write(item) }
                left -= min(left, page.items.count)
                if left == 0 { break }
            }
        } catch let error as OktaError {
            // What was received is complete and shown.
            try writer.finish()
            throw CommandFailure(error)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.refused, "\(error)")
        }
        try writer.finish()
    }

    /// The model of one item of a response.
    package static func itemModel(of descriptor: ActionDescriptor) -> String? {
        guard let returns = descriptor.returns else { return nil }
        return returns.hasPrefix("[") && returns.hasSuffix("]") ? String(returns.dropFirst().dropLast()) : returns
    }

    private static func json(of response: OktaResponse) throws(CommandFailure) -> JSON {
        do { return try response.json() } catch { throw CommandFailure(error) }
    }
}
