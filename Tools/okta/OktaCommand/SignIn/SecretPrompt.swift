#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Prompts for a secret: on a terminal without echo, otherwise from standard input.
enum SecretPrompt {
    /// Returns the secret without surrounding spaces.
    static func ask(_ question: String, _ context: ProgramContext) throws(CommandFailure) -> String {
        let text: String?
        if context.input.isTerminal {
            text = try hiddenLine(of: context.input) {
                context.notices.write(question)
                context.notices.flush()
            }
            context.notices.write("\n")
        } else {
            text = try context.input.readLine()
        }
        let secret = text?.filter { !$0.isWhitespace } ?? ""
        guard !secret.isEmpty else {
            throw .usage("no secret was given", advice: "Type it, or pass it on the standard input.")
        }
        return secret
    }

    /// Reads a line from the terminal without echo, and restores the echo in any case.
    ///
    /// - Parameter ask: Shows the prompt after the echo is off, since earlier input would be lost or shown.
    private static func hiddenLine(
        of input: TextInput, _ ask: () -> Void
    ) throws(CommandFailure) -> String? {
        var before = termios()
        guard tcgetattr(0, &before) == 0 else {
            ask()
            return try input.readLine()
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(0, TCSAFLUSH, &silent) == 0 else {
            throw .usage("the terminal cannot hide what is typed", advice: "Pass the secret on the standard input.")
        }
        defer { tcsetattr(0, TCSAFLUSH, &before) }
        ask()
        return try input.readLine()
    }
}
