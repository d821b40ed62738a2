/// The placeholder for a sentence that a person has to write; `check` and `generate` reject it.
package enum UnwrittenText {
    package static let placeholder = "TODO"
}

extension String {
    /// Whether the text is missing: empty, or the placeholder with or without a note.
    package var isUnwritten: Bool {
        let words = split { $0.isWhitespace || $0 == ":" }
        return words.isEmpty || words[0] == UnwrittenText.placeholder
    }
}
