/// A candidate word at the cursor.
package struct CompletionCandidate: Sendable, Hashable {
    /// The whole word.
    package var text: String
    /// A short explanation; empty if the word is self-explanatory.
    package var help: String

    package init(_ text: String, _ help: String = "") {
        self.text = text
        // The shell scripts separate candidates and their help by line feeds and tabs.
        self.help = String(help.map { $0 == "\n" || $0 == "\t" || $0 == "`" ? " " : $0 }.prefix(90))
            .split(separator: " ").joined(separator: " ")
    }

    /// Whether more text follows, so that no space is added.
    package var isOpen: Bool { text.last.map { "=:/,.@".contains($0) } ?? false }
}
