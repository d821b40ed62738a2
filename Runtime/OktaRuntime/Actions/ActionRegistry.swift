public import HTTPTypes

/// The actions of a module, for lookup by name or by operation in constant time.
public struct ActionRegistry: Sendable {
    /// The actions, by category in the order of the catalog.
    public let actions: [ActionDescriptor]

    /// Indices into ``actions`` by folded name: actions with that name before those that have it as an alias.
    private let positions: [String: [Int]]
    private let routes: ActionRoutes

    /// Creates a registry; for generated code.
    public init(categories: [[ActionDescriptor]]) {
        let actions = categories.flatMap { $0 }
        var named: [String: [Int]] = [:]
        var aliased: [String: [Int]] = [:]
        for (position, action) in actions.enumerated() {
            let name = Self.folded(action.name)
            named[name, default: []].append(position)
            for alias in Set(action.aliases.map(Self.folded)) where alias != name {
                aliased[alias, default: []].append(position)
            }
        }
        self.actions = actions
        positions = named.merging(aliased) { $0 + $1 }
        routes = ActionRoutes(actions)
    }

    /// The actions with a listed name. Actions with that name precede those that have it as an alias.
    ///
    /// - Parameters:
    ///   - name: The listed name, such as `List Users`; letter case and spaces are ignored.
    ///   - category: The listed category; nil for any.
    /// - Returns: Usually one action; several when the list uses one name for several actions.
    public func actions(named name: String, in category: String? = nil) -> [ActionDescriptor] {
        let wanted = category.map(Self.folded)
        return (positions[Self.folded(name)] ?? []).map { actions[$0] }
            .filter { wanted == nil || wanted == Self.folded($0.category) }
    }

    /// The action that a request matches.
    ///
    /// - Parameters:
    ///   - method: The method, such as `.get`.
    ///   - path: A path as sent, without query, such as `/api/v1/users/00u1`.
    /// - Returns: The action whose path matches; among several, the one with the fewest placeholders. Nil when none matches.
    public func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        routes.action(method: method, path: path)
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace }
    }
}
