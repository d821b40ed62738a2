/// The actions of a module, for lookup by name or by operation.
public struct ActionRegistry: Sendable {
    /// The actions, by category in the order of the catalog.
    public let actions: [ActionDescriptor]

    /// Creates a registry; for generated code.
    public init(categories: [[ActionDescriptor]]) {
        actions = categories.flatMap { $0 }
    }

    /// The actions with a listed name. Actions with that name precede those that have it as an alias.
    ///
    /// - Parameters:
    ///   - name: The listed name, such as `List Users`; letter case and spaces are ignored.
    ///   - category: The listed category; nil for any.
    /// - Returns: Usually one action; several when the list uses one name for several actions.
    public func actions(named name: String, in category: String? = nil) -> [ActionDescriptor] {
        let wanted = Self.folded(name)
        let wantedCategory = category.map(Self.folded)
        let candidates = actions.filter { wantedCategory == nil || wantedCategory == Self.folded($0.category) }
        let exact = candidates.filter { Self.folded($0.name) == wanted }
        return exact + candidates.filter { $0.aliases.map(Self.folded).contains(wanted) }
    }

    /// The action that a request matches.
    ///
    /// - Parameters:
    ///   - method: The method, such as `GET`.
    ///   - path: A path as sent, without query, such as `/api/v1/users/00u1`.
    /// - Returns: The action whose path matches; among several, the one with the fewest placeholders. Nil when none
    ///   matches.
    public func action(method: String, path: String) -> ActionDescriptor? {
        let segments = path.split(separator: "/")
        return
            actions
            .filter { $0.method == method && Self.fits(segments, $0.path ?? "") }
            .min { Self.placeholderCount($0) < Self.placeholderCount($1) }
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace }
    }

    private static func fits(_ segments: [Substring], _ template: String) -> Bool {
        let expected = template.split(separator: "/")
        return expected.count == segments.count
            && zip(expected, segments).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
    }

    private static func placeholderCount(_ action: ActionDescriptor) -> Int {
        (action.path ?? "").count { $0 == "{" }
    }
}
