internal import OktaRuntime

extension CommandAction {
    /// Whether the action's name, path, summary or operation id contains each of the lowercase words.
    func mentions(_ words: [String]) -> Bool {
        let texts = [category, name] + aliases + [descriptor.path ?? "", operationID ?? "", help?.summary ?? ""]
        let text = texts.joined(separator: "\n").lowercased()
        return words.allSatisfy(text.contains)
    }

    /// Returns how far the action's name is from lowercase words: 0 if it consists of exactly these.
    func distance(from words: [String]) -> Int {
        let own = name.split(separator: "-").map(String.init)
        // `users` matches `user`.
        func has(_ word: String) -> Bool { own.contains { $0 == word || $0 == word + "s" || $0 + "s" == word } }
        let found = words.count(where: has)
        let isOfCategory = words.contains { category == $0 || category + "s" == $0 }
        return (words.count - found) * 20 + (own.count - found) * 2 + (isOfCategory ? 0 : 1)
    }
}

extension [CommandAction] {
    /// Returns the actions that mention the words, closest names first.
    func mentioning(_ words: [String]) -> [CommandAction] {
        filter { $0.mentions(words) }.map { ($0, $0.distance(from: words)) }.enumerated()
            .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }
}
