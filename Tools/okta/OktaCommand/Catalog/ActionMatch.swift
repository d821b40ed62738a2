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
    /// Whether a text is the action's exact name, an alias, or Okta's operation id.
    package func isNamed(_ text: String) -> Bool {
        let typed = text.lowercased().replacing("_", with: "-")
        return name == typed || aliases.contains(typed) || operationID == Self.operationID(typed)
    }

    /// Returns a name in the form of operation ids for comparison.
    fileprivate static func operationID(_ name: String) -> String { name.filter { $0 != "-" }.lowercased() }
}
