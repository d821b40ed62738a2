internal import HTTPTypes
internal import OktaRuntime

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
