internal import OktaRuntime

extension CommandCatalog.Category {
    /// Finds the action with a name: an exact name or alias, then an operation id of Okta such as `replaceUser` or
    /// `replace-user`, then a unique prefix.
    ///
    /// The prefix of an action that makes changes is ambiguous if Okta's operation id of another action starts with it.
    ///
    /// - Throws: A ``CommandFailure`` for the prefix of an action that makes changes if it is the whole name of an
    ///   action in another category, such as `delete-user` among user types: the user may have chosen the wrong
    ///   category.
    package func match(_ name: String) throws(CommandFailure) -> NameMatch<CommandAction> {
        let actions = actions
        let name = name.replacing("_", with: "-")
        let match = NameMatch(name, among: actions.map { ([$0.name] + $0.aliases, $0) })
        if case .found = match { return match }
        let id = CommandAction.operationID(name)
        if !id.isEmpty, let action = actions.first(where: { $0.operationID == id }) { return .found(action) }
        guard case .beginning(let action, of: let whole) = match, !action.isReading else { return match }
        // A user who knows Okta's operation ids may mean the other action, such as by `replace-u`.
        let namesakes = actions.filter { $0.name != action.name && $0.operationID?.hasPrefix(id) ?? false }
        guard namesakes.isEmpty else {
            return .ambiguous([whole] + namesakes.map { "\($0.name) (Okta's \($0.operation))" })
        }
        // A single word, such as `revoke`, does not name an object.
        guard name.contains("-"), let other = CommandCatalog.all.action(named: name, besides: self.name) else {
            return match
        }
        throw .usage(
            "'\(name)' is only the beginning of \(self.name) \(whole), and names \(other.category) \(other.name)",
            advice: "Type the full name.")
    }

    /// Returns the action with a name or a unique prefix.
    package func action(_ name: String) throws(CommandFailure) -> CommandAction {
        try match(name).get("action", name, listing: "okta help \(self.name)")
    }

    /// Returns the action with an exact name, for names that programs store or pass.
    package func action(named name: String) throws(CommandFailure) -> CommandAction {
        try match(name).whole.get("action", name, listing: "okta help \(self.name)")
    }
}

extension CommandCatalog {
    /// Returns the action of another category with an exact name.
    fileprivate func action(named name: String, besides category: String) -> CommandAction? {
        let (typed, id) = (name.lowercased(), CommandAction.operationID(name))
        let others = actions.filter { $0.category != category }
        return others.first { $0.name == typed } ?? others.first { $0.aliases.contains(typed) || $0.operationID == id }
    }
}

extension CommandAction {
    /// Returns whether a text is the action's exact name, an alias, or Okta's operation id.
    package func isNamed(_ text: String) -> Bool {
        let typed = text.lowercased().replacing("_", with: "-")
        return name == typed || aliases.contains(typed) || operationID == Self.operationID(typed)
    }

    /// Returns a name in the form of operation ids for comparison.
    fileprivate static func operationID(_ name: String) -> String { name.filter { $0 != "-" }.lowercased() }
}

extension CommandAction {
    /// Returns whether the action's name, path, summary or operation id contains each of the lowercase words.
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
