/// A candidate word at the cursor.
package struct CompletionCandidate: Sendable, Hashable {
    /// The whole word.
    package var text: String
    /// A short explanation; empty if the word is self-explanatory.
    package var help: String

    package init(_ text: String, _ help: String = "") {
        self.text = text
        // The shell scripts separate candidates and their help by line feeds and tabs.
        let words = PageLayout.plain(help).split { $0 == "\n" || $0 == "\t" || $0 == " " }
        self.help = Self.shortened(words.joined(separator: " "))
    }

    /// Returns the whole words of a text that fit beside the candidate.
    private static func shortened(_ text: String) -> String {
        guard text.count > mostCharacters else { return text }
        let beginning = text.prefix(mostCharacters)
        let end = beginning.lastIndex(of: " ") ?? beginning.endIndex
        return beginning[..<end] + " …"
    }

    private static let mostCharacters = 88

    /// Whether more text follows, so that no space is added.
    package var isOpen: Bool { text.last.map { "=:/,.@".contains($0) } ?? false }
}
