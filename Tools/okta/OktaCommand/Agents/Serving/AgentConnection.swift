/// Serves one client over standard input and output.
package enum AgentConnection {
    /// The maximum length of a line.
    static let longestLine = 4 << 20
    /// The time limit for running requests after the client has closed its end.
    private static let grace = Duration.seconds(10)

    /// Reads messages until the client closes its end or the task is cancelled.
    ///
    /// The context's output receives nothing but messages.
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
