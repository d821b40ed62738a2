/// What stands in place of a sentence that only a person can write; `check` and `generate` refuse it.
enum UnwrittenText {
    static let placeholder = "TODO"
}

extension String {
    /// Whether there is no sentence here yet: nothing, or the placeholder with or without a note behind it.
    var isUnwritten: Bool {
        let words = split { $0.isWhitespace || $0 == ":" }
        return words.isEmpty || words[0] == UnwrittenText.placeholder
    }
}
