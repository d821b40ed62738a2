internal import OktaRuntime

/// Shell completion at the cursor: categories, actions, parameters, values, orgs and files.
package struct Completion: Sendable {
    private let sources: CompletionSources

    package init(_ sources: CompletionSources) { self.sources = sources }

    /// Returns the candidates that start with the typed text, in their order of use.
    package func candidates(_ request: CompletionRequest) async -> [CompletionCandidate] {
        let sources = sources.asking(Self.org(request.words))
        return await Completion(sources).matches(request)
    }

    /// Returns the org that the command specifies.
    private static func org(_ words: [String]) -> String? {
        if let place = words.lastIndex(of: "--org"), place + 1 < words.count { return words[place + 1] }
        return words.last { $0.hasPrefix("--org=") }.map { String($0.dropFirst(6)) }
    }

    private func matches(_ request: CompletionRequest) async -> [CompletionCandidate] {
        let options = sources.actionOptions()
        var words = request.words[...]
        // Options may precede the first word.
        while let word = words.first, word.hasPrefix("-") {
            words.removeFirst()
            guard let option = options.option(word), option.takesValue else {
                continue
            }
            if words.isEmpty {
                return matching(request.current, await ValueCompletion(sources).values(of: option, request.current))
            }
            words.removeFirst()
        }
        return matching(request.current, await all(words, request.current, options))
    }

    private func all(
        _ words: ArraySlice<String>, _ current: String, _ options: ToolDescription
    ) async -> [CompletionCandidate] {
        guard let first = words.first else {
            if current.hasPrefix("-") {
                return [CompletionCandidate("--version"), CompletionCandidate("--help")]
                    + OptionCompletion.names(options, used: [])
            }
            return firstWords
        }
        if first == "help" {
            let rest = words.dropFirst()
            return rest.isEmpty ? firstWords : rest.count == 1 ? await actions(rest.first ?? "", current) : []
        }
        if let tool = sources.command(first), !isCategory(words, first) {
            return await OptionCompletion(sources).candidates(tool, Array(words.dropFirst()), current)
        }
        guard words.count > 1 else { return await actions(first, current) }
        if let tool = sources.command(words.prefix(2).joined(separator: " ")) {
            return await OptionCompletion(sources).candidates(tool, Array(words.dropFirst(2)), current)
        }
        guard let category = Self.category(first),
            let action = try? category.action(words[words.startIndex + 1])
        else { return [] }
        return await ActionCompletion(action, options, sources).candidates(Array(words.dropFirst(2)), current)
    }

    /// Returns whether a word that is both a command and a category, such as `request`, means the category.
    private func isCategory(_ words: ArraySlice<String>, _ name: String) -> Bool {
        guard let category = Self.category(name), category.name == name else { return false }
        return words.count == 1 || (try? category.action(words[words.startIndex + 1])) != nil
    }

    private var firstWords: [CompletionCandidate] {
        let commands = sources.commands.map { CompletionCandidate($0.name, $0.help) }
        let plugins = sources.plugins().map { CompletionCandidate($0, "a program on the path") }
        let categories = CommandCatalog.all.categories.map { CompletionCandidate($0.name, $0.summary) }
        var seen: Set<String> = []
        return (commands + plugins + categories).filter { seen.insert($0.text).inserted }
    }

    private func actions(_ name: String, _ current: String) async -> [CompletionCandidate] {
        guard let category = Self.category(name) else { return [] }
        var names = category.actions.map { CompletionCandidate($0.name, $0.help?.summary ?? "") }
        // `request` is also a command: its methods are listed with the actions.
        if let tool = sources.command(name) {
            names += await OptionCompletion(sources).candidates(tool, [], current)
        }
        names += sources.commandsInCategory(category.name).map { CompletionCandidate($0.name, $0.help) }
        return names
    }

    private static func category(_ name: String) -> CommandCatalog.Category? {
        try? CommandCatalog.match(name).get("category", name, listing: "okta actions")
    }

    private func matching(_ current: String, _ candidates: [CompletionCandidate]) -> [CompletionCandidate] {
        // Control characters can neither be shown nor typed.
        candidates.filter {
            $0.text.hasPrefix(current) && !$0.text.unicodeScalars.contains(where: TerminalText.isHarmful)
        }
    }
}

extension CompletionShell {
    /// Returns the candidates in the form of the shell's script.
    package func text(_ candidates: [CompletionCandidate], _ request: CompletionRequest) -> String {
        switch self {
        case .bash:
            guard !candidates.isEmpty else { return "" }
            // Only a single candidate is followed by a space.
            let isOpen = candidates.count == 1 && candidates[0].isOpen
            let words = candidates.map { candidate in
                let rest = String(candidate.text.dropFirst(request.kept))
                return request.needsEscapes ? Self.escaped(rest) : rest
            }
            return ([isOpen ? "open" : "closed"] + words).map { $0 + "\n" }.joined()
        case .zsh:
            return candidates.map { candidate in
                let help = candidate.help.isEmpty ? "" : "\t\(candidate.help)"
                return "\(candidate.isOpen ? "open" : "closed")\t\(candidate.text)\(help)\n"
            }.joined()
        case .fish:
            return candidates.map { $0.help.isEmpty ? "\($0.text)\n" : "\($0.text)\t\($0.help)\n" }.joined()
        }
    }

    /// Returns a text with backslashes before bash's special characters.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isASCII, !character.isLetter, !character.isNumber, !"_./:=@,+%^-".contains(character) {
                result += "\\"
            }
            result.append(character)
        }
        return result
    }
}

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
        guard text.count > maximumCharacters else { return text }
        let beginning = text.prefix(maximumCharacters)
        let end = beginning.lastIndex(of: " ") ?? beginning.endIndex
        return beginning[..<end] + " …"
    }

    private static let maximumCharacters = 88

    /// Whether more text follows, so that no space is added.
    package var isOpen: Bool { text.last.map { "=:/,.@".contains($0) } ?? false }
}
