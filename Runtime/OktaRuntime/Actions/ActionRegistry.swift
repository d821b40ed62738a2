public import HTTPTypes

/// The actions of a module, for lookup by name or by operation in constant time.
///
/// A generated module contains its actions as one text, which is parsed when the registry is first read. A text costs
/// no compile time, and a program that never reads the registry does not contain it. Each category is read when it is
/// first used, so that a short program does not pay for all of them.
public struct ActionRegistry: Sendable {
    private let lists: [(category: String, actions: OnFirstUse<[ActionDescriptor]>)]
    private let everyAction: OnFirstUse<[ActionDescriptor]>
    private let index: OnFirstUse<ActionIndex>

    /// Creates a registry of actions, such as those of several modules:
    /// `ActionRegistry(ActionRegistry.okta.actions + own)`.
    public init(_ actions: [ActionDescriptor]) {
        var categories: [String] = []
        var members: [String: [ActionDescriptor]] = [:]
        for action in actions {
            if members[action.category] == nil { categories.append(action.category) }
            members[action.category, default: []].append(action)
        }
        let lists = categories.map { category in
            let actions = members[category] ?? []
            return (category: category, actions: OnFirstUse { actions })
        }
        self.init(lists, OnFirstUse { actions })
    }

    private init(
        _ lists: [(category: String, actions: OnFirstUse<[ActionDescriptor]>)],
        _ everyAction: OnFirstUse<[ActionDescriptor]>
    ) {
        self.lists = lists
        self.everyAction = everyAction
        index = OnFirstUse { ActionIndex(everyAction.value) }
    }

    /// The actions, by category in the order of the catalog.
    public var actions: [ActionDescriptor] { everyAction.value }

    /// The categories, in the order of the catalog.
    package var categories: [String] { lists.map(\.category) }

    /// Returns the actions of the category with exactly this name.
    package func actions(inCategory category: String) -> [ActionDescriptor] {
        lists.filter { $0.category == category }.flatMap(\.actions.value)
    }

    /// Returns the actions with a listed name. Actions with that name precede those that have it as an alias.
    ///
    /// - Parameters:
    ///   - name: The listed name, such as `List Users`. Letter case and spaces are ignored.
    ///   - category: The listed category; `nil` for any.
    /// - Returns: Usually one action; several if actions share the name.
    public func actions(named name: String, in category: String? = nil) -> [ActionDescriptor] {
        let wanted = category.map(ActionIndex.folded)
        return index.value.actions(named: name)
            .filter { wanted == nil || wanted == ActionIndex.folded($0.category) }
    }

    /// Returns the action that a request matches.
    ///
    /// - Parameters:
    ///   - method: The method, such as `.get`.
    ///   - path: A path as sent, without query, such as `/api/v1/users/00u1`.
    /// - Returns: The action whose path matches, with the fewest placeholders if there are several; `nil` if none
    ///   matches.
    public func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        index.value.routes.action(method: method, path: path)
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
        let lists = (text.elements ?? []).map { category in
            (
                category: category["category"]?.string ?? "",
                actions: OnFirstUse {
                    (category["actions"]?.elements ?? []).map { ActionDescriptor($0, in: category) }
                }
            )
        }
        self.init(lists, OnFirstUse { lists.flatMap(\.actions.value) })
    }
}

/// Actions by name and by operation.
private struct ActionIndex: Sendable {
    private let actions: [ActionDescriptor]
    /// Indices into `actions` by folded name. Actions with that name precede those that have it as an alias.
    private let positions: [String: [Int]]
    let routes: ActionRoutes

    init(_ actions: [ActionDescriptor]) {
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

    func actions(named name: String) -> [ActionDescriptor] {
        (positions[Self.folded(name)] ?? []).map { actions[$0] }
    }

    static func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace }
    }
}
