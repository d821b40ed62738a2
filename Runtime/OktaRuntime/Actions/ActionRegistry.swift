public import HTTPTypes

/// The actions of a module, for lookup by name or by operation in constant time.
///
/// A generated module contains its actions as one text, which is parsed when the registry is first read. A text costs
/// no compile time, and a program that never reads the registry does not contain it.
public struct ActionRegistry: Sendable {
    /// The actions, by category in the order of the catalog.
    public let actions: [ActionDescriptor]

    /// Indices into ``actions`` by folded name. Actions with that name precede those that have it as an alias.
    private let positions: [String: [Int]]
    private let routes: ActionRoutes

    /// Creates a registry of actions, such as those of several modules:
    /// `ActionRegistry(ActionRegistry.okta.actions + own)`.
    public init(_ actions: [ActionDescriptor]) {
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

    /// Returns the actions with a listed name. Actions with that name precede those that have it as an alias.
    ///
    /// - Parameters:
    ///   - name: The listed name, such as `List Users`. Letter case and spaces are ignored.
    ///   - category: The listed category; nil for any.
    /// - Returns: Usually one action; several if actions share the name.
    public func actions(named name: String, in category: String? = nil) -> [ActionDescriptor] {
        let wanted = category.map(Self.folded)
        return (positions[Self.folded(name)] ?? []).map { actions[$0] }
            .filter { wanted == nil || wanted == Self.folded($0.category) }
    }

    /// Returns the action that a request matches.
    ///
    /// - Parameters:
    ///   - method: The method, such as `.get`.
    ///   - path: A path as sent, without query, such as `/api/v1/users/00u1`.
    /// - Returns: The action whose path matches, with the fewest placeholders if there are several; nil if none
    ///   matches.
    public func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        routes.action(method: method, path: path)
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace }
    }
}

extension ActionRegistry {
    private static let parsed = ParsedTexts<ActionRegistry>()

    /// Returns the registry of a generated module.
    ///
    /// - Parameters:
    ///   - module: The module's name.
    ///   - text: A JSON array of categories, each with its `category`, its `group` and its `actions`.
    public static func _module(_ module: StaticString, text: StaticString) -> ActionRegistry {
        parsed.value(of: module, text) { ActionRegistry(text: $0) }
    }

    init(text: JSON) {
        self.init(
            (text.elements ?? []).flatMap { category in
                (category["actions"]?.elements ?? []).map { ActionDescriptor($0, in: category) }
            })
    }
}

/// A trie of actions by path segment, so that the lookup time does not depend on the number of actions.
struct ActionRoutes: Sendable {
    /// The node after a segment.
    private struct Node {
        /// The next nodes by literal segment.
        var literals: [Substring: Int] = [:]
        /// The next node for a placeholder.
        var placeholder: Int?
        /// The first action per method whose path ends here, with its position in the list.
        var actions: [HTTPRequest.Method: (position: Int, action: ActionDescriptor)] = [:]
    }

    private var nodes = [Node()]

    /// Indexes actions. Among actions with the same method and path, the first one takes precedence.
    init(_ actions: [ActionDescriptor]) {
        for (position, action) in actions.enumerated() {
            guard let method = action.method, let path = action.path else { continue }
            var index = 0
            for segment in path.split(separator: "/") { index = child(of: index, for: segment) }
            if nodes[index].actions[method] == nil { nodes[index].actions[method] = (position, action) }
        }
    }

    /// Returns the matching action with the fewest placeholders, and the first one of several; nil if none matches.
    ///
    /// - Parameter path: A path as sent, without query.
    func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        // The nodes reached so far, those with fewer placeholders first.
        var reached = [(index: 0, placeholders: 0)]
        for segment in path.split(separator: "/") {
            var next: [(index: Int, placeholders: Int)] = []
            for (index, placeholders) in reached {
                if let literal = nodes[index].literals[segment] { next.append((literal, placeholders)) }
                if let any = nodes[index].placeholder { next.append((any, placeholders + 1)) }
            }
            reached = next
        }
        let matches = reached.compactMap { reached in
            nodes[reached.index].actions[method].map { ($0.action, order: (reached.placeholders, $0.position)) }
        }
        return matches.min { $0.order < $1.order }?.0
    }

    private mutating func child(of index: Int, for segment: Substring) -> Int {
        let known = segment.hasPrefix("{") ? nodes[index].placeholder : nodes[index].literals[segment]
        if let known { return known }
        nodes.append(Node())
        let child = nodes.count - 1
        if segment.hasPrefix("{") {
            nodes[index].placeholder = child
        } else {
            nodes[index].literals[segment] = child
        }
        return child
    }
}
