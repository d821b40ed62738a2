/// Serves one client over the standard streams.
package enum AgentConnection {
    /// The longest line that is read.
    static let longestLine = 4 << 20
    /// How long requests may still run after the client has closed its end.
    private static let grace = Duration.seconds(10)

    /// Reads messages until the client closes its end, or the task is cancelled.
    ///
    /// Nothing but messages is written to the context's output.
    package static func serve(_ service: ToolService, _ context: ProgramContext) async {
        let output = context.output
        let server = ProtocolServer(service) { line in
            output.print(line)
            output.flush()
        }
        for await line in context.input.lines(upTo: longestLine) {
            switch line {
            case .text(let bytes): await server.receive(bytes)
            case .tooLong: await server.refuseLine(longerThan: longestLine)
            }
        }
        guard !Task.isCancelled else { return await server.cancelAll() }
        let timer = Task {
            try? await Task.sleep(for: grace)
            if !Task.isCancelled { await server.cancelAll() }
        }
        await server.finish()
        timer.cancel()
    }
}
