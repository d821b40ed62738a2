internal import HTTPTypes
internal import OktaRuntime
internal import Synchronization

/// How an action changes the org, as far as the catalog tells: where its effect can be seen, and what takes it back.
///
/// It follows from the method, the path, and the other actions on the path. No action is known by name.
package enum ChangeKind: Sendable {
    /// It reads.
    case none
    /// It replaces or changes parts of the object that another action reads at the same path.
    case update(reading: RelatedAction)
    /// It deletes the object that another action reads at the same path.
    case deletion(reading: RelatedAction)
    /// It moves an object to another state, such as `lifecycle/suspend`.
    case transition(reading: RelatedAction)
    /// It adds an object to a list, or removes it, such as the members of a group.
    case membership(isAddition: Bool, listing: RelatedAction)
    /// It adds a new object to a list.
    case creation(listing: RelatedAction)
    /// Its effect cannot be read.
    case invisible

    /// Derives the kind of an action.
    init(_ action: CommandAction) {
        let path = action.path
        guard let method = action.descriptor.method, method != .get, method != .head else {
            self = .none
            return
        }
        let own = action.related(.get, path)
        let isCreation = method == .post && action.descriptor.body != nil && own != nil
        if let own, !own.action.isList, !(isCreation && Self.hasElements(path, action)) {
            self = method == .delete ? .deletion(reading: own) : .update(reading: own)
            return
        }
        if case .value(let last)? = path.segments.last, method == .put || method == .delete,
            action.descriptor.body == nil, let list = path.list(of: last),
            let listing = action.related(.get, list), listing.action.isList
        {
            self = .membership(isAddition: method == .put, listing: listing)
        } else if isCreation, let own {
            self = .creation(listing: own)
        } else if method == .post, let object = path.object, Self.isTransition(path, action),
            let reading = action.related(.get, object), !reading.action.isList
        {
            self = .transition(reading: reading)
        } else {
            self = .invisible
        }
    }

    /// Whether the path has a path for each of several objects below it, so that what it returns is a list within an object.
    private static func hasElements(_ path: PathTemplate, _ action: CommandAction) -> Bool {
        let element = PathTemplate(path.segments + [.value("\u{0}")])
        return action.related(.get, element) != nil || action.related(.delete, element) != nil
    }

    /// Whether the path behind the object is the name of a state change: `lifecycle/suspend`, or a single word with which
    /// the action's name begins, such as `activate`.
    private static func isTransition(_ path: PathTemplate, _ action: CommandAction) -> Bool {
        let words = path.segments.dropFirst(path.object?.segments.count ?? 0)
        guard let verb = path.word else { return false }
        if words.count == 2 { return words.first == .literal("lifecycle") }
        return words.count == 1 && action.name.split(separator: "-").first.map(String.init) == verb.lowercased()
    }

    /// The action that reads the object before a change; nil where none does.
    package var reading: RelatedAction? {
        switch self {
        case .update(let reading), .deletion(let reading), .transition(let reading): reading
        case .none, .membership, .creation, .invisible: nil
        }
    }
}

extension CommandAction {
    /// How it changes the org. It is derived once for each action, because it searches the catalog.
    package var change: ChangeKind {
        let key = "\(module.rawValue) \(category) \(name)"
        if let known = Self.changes.withLock({ $0[key] }) { return known }
        let kind = ChangeKind(self)
        Self.changes.withLock { $0[key] = kind }
        return kind
    }

    private static let changes = Mutex<[String: ChangeKind]>([:])
}
