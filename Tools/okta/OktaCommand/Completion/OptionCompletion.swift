/// Candidates for a command of the argument parser.
struct OptionCompletion: Sendable {
    private let sources: CompletionSources

    init(_ sources: CompletionSources) { self.sources = sources }

    /// Returns the candidates after some words of a command.
    func candidates(
        _ tool: ToolDescription, _ words: [String], _ current: String
    ) async -> [CompletionCandidate] {
        var tool = tool
        var typed = TypedWords()
        for word in words {
            let isPositional = typed.add(word) { tool.option($0)?.takesValue ?? false }
            if isPositional, let next = tool.subcommands.first(where: { $0.name == word }) {
                tool = next.tool
                typed.positionals = 0
            }
        }
        let values = ValueCompletion(sources)
        if let option = typed.pending.flatMap(tool.option) {
            return await values.values(of: option, current)
        }
        if current.hasPrefix("-") {
            if let attached = Self.attached(current, tool) {
                return await values.values(of: attached.option, attached.value).map { $0.behind(attached.prefix) }
            }
            return Self.names(tool, used: typed.used)
        }
        let free = tool.arguments.filter(\.names.isEmpty)
        let positionals = typed.positionals
        let commands = positionals == 0 ? tool.subcommands.map { CompletionCandidate($0.name, $0.tool.abstract) } : []
        guard
            let argument = positionals < free.count
                ? free[positionals] : free.last.flatMap({ $0.isRepeating ? $0 : nil })
        else { return commands }
        return await commands + values.values(of: argument, current)
    }

    /// Returns the names of options that can still be given.
    static func names(_ tool: ToolDescription, used: Set<String>) -> [CompletionCandidate] {
        tool.arguments.compactMap { argument in
            guard let name = argument.names.first, argument.isRepeating || used.isDisjoint(with: argument.names) else {
                return nil
            }
            return CompletionCandidate(name, argument.help)
        }
    }

    /// Returns the option and the value of `--format=js`.
    static func attached(
        _ word: String, _ tool: ToolDescription
    ) -> (option: ToolDescription.Argument, prefix: String, value: String)? {
        guard let sign = word.firstIndex(of: "=") else { return nil }
        let name = String(word[..<sign])
        guard let option = tool.option(name), option.takesValue else { return nil }
        return (option, "\(name)=", String(word[word.index(after: sign)...]))
    }
}

/// The meaning of the words before the cursor.
struct TypedWords {
    /// The given options.
    private(set) var used: Set<String> = []
    /// The option whose value is at the cursor; nil if there is none.
    private(set) var pending: String?
    /// The number of positional words.
    var positionals = 0

    /// Processes the next word.
    ///
    /// - Parameter takesValue: Whether an option takes a value.
    /// - Returns: Whether the word is positional.
    mutating func add(_ word: String, takesValue: (String) -> Bool) -> Bool {
        if pending != nil {
            pending = nil
        } else if word.hasPrefix("-"), word.count > 1 {
            let name = String(word.prefix { $0 != "=" })
            used.insert(name)
            if !word.contains("="), takesValue(name) { pending = name }
        } else {
            positionals += 1
            return true
        }
        return false
    }
}

extension CompletionCandidate {
    /// Returns the candidate with a prefix in the same word.
    func behind(_ prefix: String) -> CompletionCandidate {
        var candidate = self
        candidate.text = prefix + text
        return candidate
    }

    /// Returns the candidate with a suffix in the same word.
    func followed(by suffix: String) -> CompletionCandidate {
        var candidate = self
        candidate.text += suffix
        return candidate
    }
}
