/// The placeholder for a sentence that a person has to write; `check` and `generate` reject it.
package enum UnwrittenText {
    package static let placeholder = "TODO"
}

extension String {
    /// Whether the text is missing: empty, or the placeholder with or without a note.
    package var isUnwritten: Bool {
        func isSeparator(_ character: Character) -> Bool { character.isWhitespace || character == ":" }
        let text = drop(while: isSeparator)
        guard text.hasPrefix(UnwrittenText.placeholder) else { return text.isEmpty }
        return text.dropFirst(UnwrittenText.placeholder.count).first.map(isSeparator) ?? true
    }
}
