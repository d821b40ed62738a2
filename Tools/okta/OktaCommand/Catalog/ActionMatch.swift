extension CommandCatalog.Category {
    /// What a typed name may mean: the action with this name or alias, then that of Okta's operation with this id, such as
    /// `replaceUser` or `replace-user`, then the only one whose name begins with it.
    ///
    /// - Throws: A ``CommandFailure`` for the beginning of an action that changes something, where it is the whole name of
    ///   an action of another category: `delete-user` among user types. Whoever types it may be in the wrong category.
    package func match(_ name: String) throws(CommandFailure) -> NameMatch<CommandAction> {
        let actions = actions
        let match = NameMatch(name, among: actions.map { ([$0.name] + $0.aliases, $0) })
        if case .found = match { return match }
        let id = CommandAction.operationID(name)
        if !id.isEmpty, let action = actions.first(where: { $0.operationID == id }) { return .found(action) }
        // A single word, such as `revoke`, says nothing about what it is done to.
        guard case .beginning(let action, of: let whole) = match, !action.isReading, name.contains("-"),
            let other = CommandCatalog.all.action(named: name, besides: self.name)
        else { return match }
        throw .usage(
            "'\(name)' is only the beginning of \(self.name) \(whole), and names \(other.category) \(other.name)",
            advice: "Type the whole name of the one that you mean.")
    }

    /// The action that a typed name means: a whole name, or a beginning that no other action has.
    package func action(_ name: String) throws(CommandFailure) -> CommandAction {
        try match(name).get("action", name, listing: "okta help \(self.name)")
    }

    /// The action with a whole name, for names that programs keep or give.
    package func action(named name: String) throws(CommandFailure) -> CommandAction {
        try match(name).whole.get("action", name, listing: "okta help \(self.name)")
    }
}

extension CommandCatalog {
    /// The action of another category that a whole name names.
    fileprivate func action(named name: String, besides category: String) -> CommandAction? {
        let (typed, id) = (name.lowercased(), CommandAction.operationID(name))
        let others = actions.filter { $0.category != category }
        return others.first { $0.name == typed } ?? others.first { $0.aliases.contains(typed) || $0.operationID == id }
    }
}

extension CommandAction {
    /// Whether a text is its whole name, an alias, or Okta's id of the operation.
    package func isNamed(_ text: String) -> Bool {
        let typed = text.lowercased().replacing("_", with: "-")
        return name == typed || aliases.contains(typed) || operationID == Self.operationID(typed)
    }

    /// A typed name as ids of operations are compared.
    fileprivate static func operationID(_ name: String) -> String { name.filter { $0 != "-" }.lowercased() }
}
