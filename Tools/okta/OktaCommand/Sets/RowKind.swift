internal import HTTPTypes
internal import OktaRuntime

/// The kind of a set's rows for an action: the parameter that they fill, and the list that contains them. Both are
/// derived from the paths of the catalog.
package struct RowKind: Sendable {
    /// The parameter that a row fills; nil if the action has none left.
    package let parameter: String?
    /// The action that lists the rows; nil for files.
    package let list: CommandAction?
    /// The values of the list action, except for the selection of rows.
    package let values: [String: String]

    package init(parameter: String?, list: CommandAction?, values: [String: String]) {
        self.parameter = parameter
        self.list = list
        self.values = values
    }

    /// Derives the kind.
    ///
    /// - Parameters:
    ///   - open: The path parameters without a value, in order.
    ///   - values: The common values of all rows.
    package init(
        _ source: SetSource, for action: CommandAction, open: [String], values: [String: String]
    ) throws(CommandFailure) {
        switch source {
        case .search: self = try Self.selection("search", action, open, values)
        case .filter: self = try Self.selection("filter", action, open, values)
        case .group(let group): self = try Self.part("groups", group, action, open)
        case .app(let app): self = try Self.part("apps", app, action, open)
        case .file, .csv:
            guard open.count < 2 else { throw Self.unclear(open, action) }
            self.init(parameter: open.first, list: nil, values: [:])
        }
    }

    /// Returns the lists that may contain a parameter's objects: the path before it, then the shortest one that ends
    /// with the same word.
    package static func lists(of parameter: String, in action: CommandAction) -> [CommandAction] {
        guard let path = action.path.list(of: parameter), let word = path.word else { return [] }
        var found: [CommandAction] = []
        if let own = action.related(.get, path)?.action, own.isList { found.append(own) }
        let others = action.module.registry.actions.filter { other in
            guard other.method == .get, let text = other.path else { return false }
            let path = ActionPath(text)
            return path.word == word && path.names.isEmpty
        }
        let whole = others.map { CommandAction($0, in: action.module) }.filter(\.isList)
            .min { $0.path.segments.count < $1.path.segments.count }
        if let whole, whole.descriptor.path != found.first?.descriptor.path { found.append(whole) }
        return found
    }

    /// Returns the kind for a list with a search or filter expression.
    private static func selection(
        _ name: String, _ action: CommandAction, _ open: [String], _ values: [String: String]
    ) throws(CommandFailure) -> RowKind {
        var refusing: CommandAction?
        for parameter in open.reversed() {
            for list in lists(of: parameter, in: action) {
                let given = action.path.names.prefix { $0 != parameter }
                let own = list.path.names
                guard own.isEmpty || (own.count == given.count && given.allSatisfy { values[$0] != nil }) else {
                    continue
                }
                guard list.descriptor.parameters.contains(where: { $0.name == name }) else {
                    refusing = refusing ?? list
                    continue
                }
                let fixed = Dictionary(
                    zip(own, given).compactMap { own, given in values[given].map { (own, $0) } },
                    uniquingKeysWith: { first, _ in first })
                guard open.count == 1 else { throw unclear(open.filter { $0 != parameter }, action) }
                return RowKind(parameter: parameter, list: list, values: fixed)
            }
        }
        if let refusing {
            let known = refusing.descriptor.parameters.map(\.name).filter { ["search", "filter", "q"].contains($0) }
            throw .usage(
                "\(refusing.category) \(refusing.name) has no \(name)",
                advice: known.isEmpty
                    ? "Write the ids to a file, and use --for file:PATH."
                    : "It has \(known.joined(separator: " and ")); or write the ids to a file, and use --for file:PATH."
            )
        }
        throw .usage(
            "\(action.category) \(action.name) has no path parameter that a list could fill",
            advice: "Use --for csv:PATH or file:PATH, and fill its parameters from columns.")
    }

    /// Returns the kind for the members of a group or the users of an app.
    private static func part(
        _ whole: String, _ name: String, _ action: CommandAction, _ open: [String]
    ) throws(CommandFailure) -> RowKind {
        func list(_ word: String) -> CommandAction? {
            let path = ActionPath([.literal("api"), .literal("v1"), .literal(whole), .value("whole"), .literal(word)])
            return action.related(.get, path)?.action
        }
        for parameter in open.reversed() {
            guard let word = action.path.list(of: parameter)?.word, let list = list(word), list.isList else { continue }
            guard open.count == 1 else { throw unclear(open.filter { $0 != parameter }, action) }
            return RowKind(parameter: parameter, list: list, values: [list.path.names[0]: name])
        }
        guard open.isEmpty, let list = list("users") else {
            throw .usage("\(whole) have no list of what \(action.category) \(action.name) is about")
        }
        return RowKind(parameter: nil, list: list, values: [list.path.names[0]: name])
    }

    private static func unclear(_ parameters: [String], _ action: CommandAction) -> CommandFailure {
        let options = parameters.map { "--\(KebabCase.name(of: $0))" }
        return .usage(
            "\(action.category) \(action.name) needs \(options.joined(separator: " and "))",
            advice: "Give the value, or fill it from the row with --map \(KebabCase.name(of: parameters[0]))=FIELD.")
    }
}
