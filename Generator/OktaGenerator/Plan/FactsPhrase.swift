import OktaCatalog

/// States the facts of a parameter or field that its declaration does not show: `1 to 100 characters, read-only`.
enum FactsPhrase {
    /// Returns the meaning and the facts, each as a sentence; empty when there is neither.
    static func documentation(_ meaning: DocText?, _ facts: DocText) -> DocText {
        let facts: DocText = facts.isEmpty ? "" : "\(DocText.capitalized(facts))."
        guard let meaning, !meaning.isEmpty else { return facts }
        return facts.isEmpty ? meaning : "\(meaning) \(facts)"
    }

    static func phrase(constraints: Constraints, flags: [DocText] = []) -> DocText {
        var parts: [DocText] = []
        switch (constraints.minimumLength, constraints.maximumLength) {
        case (let low?, let high?) where low == high: parts.append("\(low) characters")
        case (let low?, let high?): parts.append("\(low) to \(high) characters")
        case (let low?, nil): parts.append("at least \(low) \(low == 1 ? "character" : "characters")")
        case (nil, let high?): parts.append("at most \(high) characters")
        case (nil, nil): break
        }
        switch (constraints.minimum, constraints.maximum) {
        case (let low?, let high?): parts.append("\(DocText.prose(low)) to \(DocText.prose(high))")
        case (let low?, nil): parts.append("at least \(DocText.prose(low))")
        case (nil, let high?): parts.append("at most \(DocText.prose(high))")
        case (nil, nil): break
        }
        if let pattern = constraints.pattern { parts.append("matches \(DocText.code(pattern))") }
        if let value = constraints.defaultValue { parts.append("defaults to \(DocText.code(value))") }
        return (parts + flags).joined(separator: ", ")
    }
}
