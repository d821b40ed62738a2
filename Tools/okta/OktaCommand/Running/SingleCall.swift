package import OktaRuntime

/// Makes one call of an action and shows its result.
package struct SingleCall: Sendable {
    private let call: ActionCall
    private let client: OktaClient
    private let options: OutputOptions
    private let context: ProgramContext
    private let progress: ProgressLine?

    /// Creates a call.
    ///
    /// - Parameter progress: The progress line of a list. It must observe the client, so that it shows waits.
    package init(
        _ call: ActionCall, client: OktaClient, options: OutputOptions, context: ProgramContext,
        progress: ProgressLine? = nil
    ) {
        self.call = call
        self.client = client
        self.options = options
        self.context = context
        self.progress = progress
    }

    /// Sends the call and writes the result; a list is written page by page.
    ///
    /// - Parameter limit: The maximum number of items of a list; nil for all.
    package func run(limit: Int? = nil) async throws(CommandFailure) {
        let descriptor = call.action.descriptor
        var writer = try ResultWriter(
            options, model: call.action.itemModel, module: call.action.module,
            isList: call.action.isList, output: context.output,
            context: context)
        if descriptor.isPaged {
            try await list(limit: limit, into: &writer)
        } else {
            let response = try await call.perform(through: client)
            if !call.action.returnsJSON {
                try RawOutput.write(response.body, to: context.output)
            } else if let json = try content(of: response) {
                if call.action.returnsArray {
                    var left = limit ?? .max
                    try writer.write(json.elements ?? [json], upTo: &left)
                } else {
                    try writer.write(json)
                }
                try writer.finish()
            }
        }
        context.output.flush()
    }

    private func list(limit: Int?, into writer: inout ResultWriter) async throws(CommandFailure) {
        var left = limit ?? .max
        var hasPage = false
        var end = ListEnd()
        defer { progress?.finish() }
        do {
            // With a limit, the next page is only fetched if it is needed.
            let list = try call.pages(through: client)
            for try await page in list.prefetching(limit == nil).pages {
                progress?.hide()
                hasPage = true
                end.see(page.items)
                let before = left
                try writer.write(page.items, upTo: &left)
                // A terminal shows each page as it arrives.
                if context.output.isTerminal { try writer.flush() }
                progress?.add(items: min(before, page.items.count), pages: 1)
                if left == 0 { break }
            }
        } catch let error as OktaError where end.isReached(by: error) {
            progress?.hide()
            context.notices.print("okta: \(ListEnd.notice)")
        } catch {
            // The received items are complete and shown. If no page was received, no empty list is shown either.
            if hasPage, error is OktaError { try writer.finish() }
            throw CommandFailure(of: error)
        }
        try writer.finish()
    }

    private func content(of response: OktaResponse) throws(CommandFailure) -> JSON? {
        do { return try call.action.content(of: response) } catch { throw CommandFailure(error) }
    }
}
