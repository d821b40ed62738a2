public import HTTPTypes

/// The actions of a module, to be found by name or by operation in constant time.
public struct ActionRegistry: Sendable {
    /// The actions, by category in the order of the catalog.
    public let actions: [ActionDescriptor]

    /// Positions in ``actions`` by folded name: those of that very name before those that have it as an alias.
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

    /// The actions listed under a name, with those of that very name before those that have it as an alias.
    ///
    /// - Parameters:
    ///   - name: The listed name, such as `List Users`; letter case and spaces do not matter.
    ///   - category: The listed category; nil for any.
    /// - Returns: Usually one action; more where the list gives two actions one name.
    public func actions(named name: String, in category: String? = nil) -> [ActionDescriptor] {
        let wanted = category.map(Self.folded)
        return (positions[Self.folded(name)] ?? []).map { actions[$0] }
            .filter { wanted == nil || wanted == Self.folded($0.category) }
    }

    /// The action that a request is a call of.
    ///
    /// - Parameters:
    ///   - method: The method, such as `.get`.
    ///   - path: A path as it is sent, without query, such as `/api/v1/users/00u1`.
    /// - Returns: The action whose path matches; one with fewer placeholders comes first. Nil when none matches.
    public func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        routes.action(method: method, path: path)
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace }
    }
}
