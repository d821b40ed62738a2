/// What stands in place of a sentence that only a person can write; `check` and `generate` refuse it.
enum UnwrittenText {
    static let placeholder = "TODO"
}

extension String {
    /// Whether there is no sentence here yet.
    var isUnwritten: Bool { isEmpty || contains(UnwrittenText.placeholder) }
}
