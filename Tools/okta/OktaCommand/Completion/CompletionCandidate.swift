/// A word that may stand where the cursor is.
package struct CompletionCandidate: Sendable, Hashable {
    /// The whole word.
    package var text: String
    /// What it means, in a few words; empty for what explains itself.
    package var help: String

    package init(_ text: String, _ help: String = "") {
        self.text = text
        // A line and a tab separate candidates from their help on the way to the shell.
        self.help = String(help.map { $0 == "\n" || $0 == "\t" || $0 == "`" ? " " : $0 }.prefix(90))
            .split(separator: " ").joined(separator: " ")
    }

    /// Whether more is typed behind it, so that no blank follows.
    package var isOpen: Bool { text.last.map { "=:/,.@".contains($0) } ?? false }
}
