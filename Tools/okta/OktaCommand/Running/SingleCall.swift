package import OktaRuntime

/// Runs one call of an action and shows its result.
package struct SingleCall: Sendable {
    private let call: ActionCall
    private let client: OktaClient
    private let options: OutputOptions
    private let context: ProgramContext
    private let progress: ProgressLine?

    /// A call.
    ///
    /// - Parameter progress: What tells a person how far a list is; the client's observer, so that it knows of waits.
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

    /// Sends it and writes the result; a list is written page by page.
    ///
    /// - Parameter limit: How many items of a list are written at most; nil for all.
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
        var isLastEmpty = false
        defer { progress?.finish() }
        do {
            // The next page is not fetched before it is known to be wanted.
            let list = try call.pages(through: client)
            for try await page in list.prefetching(limit == nil).pages {
                progress?.hide()
                hasPage = true
                isLastEmpty = page.items.isEmpty
                let before = left
                try writer.write(page.items, upTo: &left)
                // Who reads a terminal sees each page as it comes.
                if context.output.isTerminal { try writer.flush() }
                progress?.add(items: min(before, page.items.count), pages: 1)
                if left == 0 { break }
            }
        } catch OktaError.paging(let failure) where isLastEmpty && failure.reason == .repeatedCursor {
            // A list that grows, such as the System Log, ends with an empty page that leads back to itself.
            progress?.hide()
            context.notices.print("okta: the list grows; this is all so far")
        } catch {
            // What was received is complete and shown. Of nothing, there is no empty list either.
            if hasPage, error is OktaError { try writer.finish() }
            throw CommandFailure(of: error)
        }
        try writer.finish()
    }

    private func content(of response: OktaResponse) throws(CommandFailure) -> JSON? {
        do { return try call.action.content(of: response) } catch { throw CommandFailure(error) }
    }
}
