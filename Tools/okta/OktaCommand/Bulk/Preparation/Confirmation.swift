/// A confirmation before a destructive operation.
package struct Confirmation: Sendable {
    private let isGiven: Bool
    private let inputIsTaken: Bool
    private let context: ProgramContext

    /// Creates a confirmation.
    ///
    /// - Parameters:
    ///   - isGiven: Whether the command line has `--yes`.
    ///   - inputIsTaken: Whether standard input has the set or the body, so that the answer is read from the terminal.
    package init(isGiven: Bool, inputIsTaken: Bool = false, context: ProgramContext) {
        self.isGiven = isGiven
        self.inputIsTaken = inputIsTaken
        self.context = context
    }

    /// Asks on a terminal.
    ///
    /// - Parameter question: A sentence without its end that states what is about to happen.
    /// - Throws: A ``CommandFailure`` if the user declines, or if there is no terminal.
    package func ask(_ question: String) throws(CommandFailure) {
        if isGiven { return }
        let input = inputIsTaken ? context.input.terminal : context.input
        guard let input, input.isTerminal, context.notices.isTerminal else {
            throw .usage(
                "\(question); this needs a confirmation", advice: "Add --yes, or look at it first with --dry-run.")
        }
        context.output.flush()
        context.notices.write("\(TerminalText.safe(question)). Continue? [y/N] ")
        context.notices.flush()
        let answer: String
        do throws(CommandFailure) { answer = try input.readLine()?.lowercased() ?? "" } catch {
            throw CommandFailure(error.exitCode, "\(error.message); nothing was changed")
        }
        guard answer == "y" || answer == "yes" else { throw CommandFailure(.usage, "nothing was changed") }
    }
}
