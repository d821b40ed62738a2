/// The placeholder for a sentence that a person has to write; `check` and `generate` reject it.
package enum UnwrittenText {
    package static let placeholder = "TODO"
}

extension String {
    /// Whether the text is missing: empty, or the placeholder with or without a note.
    package var isUnwritten: Bool {
        func isSeparator(_ character: Character) -> Bool { character.isWhitespace || character == ":" }
        let word = drop(while: isSeparator).prefix { !isSeparator($0) }
        return word.isEmpty || word == UnwrittenText.placeholder
    }
}
