import OktaCatalog

/// Says the facts of a parameter or field in words: `string, 1 to 100 characters, read-only`.
enum FactsPhrase {
    static func phrase(type: SwiftType, constraints: Constraints, flags: [DocText] = []) -> DocText {
        var parts: [DocText] = [type.phrase]
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
        if let value = constraints.defaultValue { parts.append("\(DocText.code(value)) by default") }
        return (parts + flags).joined(separator: ", ")
    }
}
