internal import HTTPTypes
internal import OktaRuntime
internal import Synchronization

/// The way in which an action changes the org, as far as the catalog shows: where its effect can be read, and what
/// undoes it.
///
/// It is derived from the method, the path, and the other actions on the path; no action is special-cased by name.
package enum ChangeKind: Sendable {
    /// Reads.
    case none
    /// Replaces or updates the object that another action reads at the same path.
    case update(reading: RelatedAction)
    /// Deletes the object that another action reads at the same path.
    case deletion(reading: RelatedAction)
    /// Moves an object to another state, such as `lifecycle/suspend`.
    case transition(reading: RelatedAction)
    /// Adds an object to a list or removes it, such as the members of a group.
    case membership(isAddition: Bool, listing: RelatedAction)
    /// Creates an object in a list.
    case creation(listing: RelatedAction)
    /// Has an effect that cannot be read.
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

    /// Returns whether there are paths for individual objects below the path, so that it is a list within an object.
    private static func hasElements(_ path: ActionPath, _ action: CommandAction) -> Bool {
        let element = ActionPath(path.segments + [.value("\u{0}")])
        return action.related(.get, element) != nil || action.related(.delete, element) != nil
    }

    /// Returns whether the path after the object is the name of a transition: `lifecycle/suspend`, or a single word
    /// that the action's name starts with, such as `activate`.
    private static func isTransition(_ path: ActionPath, _ action: CommandAction) -> Bool {
        let words = path.segments.dropFirst(path.object?.segments.count ?? 0)
        guard let verb = path.word else { return false }
        if words.count == 2 { return words.first == .literal("lifecycle") }
        return words.count == 1 && action.name.split(separator: "-").first.map(String.init) == verb.lowercased()
    }

    /// The action that reads the object before a change; nil if there is none.
    package var reading: RelatedAction? {
        switch self {
        case .update(let reading), .deletion(let reading), .transition(let reading): reading
        case .none, .membership, .creation, .invisible: nil
        }
    }

    /// The action that reads the object after an undo, if the response to the undo is not the object.
    package var readingAfterUndo: RelatedAction? {
        switch self {
        case .deletion(let reading), .transition(let reading): reading
        case .none, .update, .membership, .creation, .invisible: nil
        }
    }
}

extension CommandAction {
    /// The way in which the action changes the org. Cached, since it is derived by searching the catalog.
    package var change: ChangeKind {
        let key = "\(module.rawValue) \(category) \(name)"
        if let known = Self.changes.withLock({ $0[key] }) { return known }
        let kind = ChangeKind(self)
        Self.changes.withLock { $0[key] = kind }
        return kind
    }

    private static let changes = Mutex<[String: ChangeKind]>([:])
}

extension CommandAction {
    /// The action that undoes a transition: `activate` for `deactivate`, `unsuspend` for `suspend`.
    ///
    /// Nil if the catalog has none for the same object. The object then need not show the change either.
    package var inverse: RelatedAction? {
        guard case .transition = change, let verb = path.word else { return nil }
        for opposite in Self.opposites(of: verb) {
            let path = ActionPath(Array(path.segments.dropLast()) + [.literal(opposite)])
            if let found = related(.post, path), found.action.descriptor.body == nil { return found }
        }
        return nil
    }

    private static func opposites(of verb: String) -> [String] {
        var opposites = ["de\(verb)", "un\(verb)"]
        for prefix in ["de", "un"] where verb.hasPrefix(prefix) { opposites.append(String(verb.dropFirst(2))) }
        if verb == "enable" { opposites.append("disable") }
        if verb == "disable" { opposites.append("enable") }
        return opposites
    }
}
