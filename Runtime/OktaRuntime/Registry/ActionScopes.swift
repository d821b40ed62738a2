/// Where the OAuth 2.0 scopes of a request's action are to be found, should an answer ask for them.
enum ActionScopes: Sendable {
    /// Of a request that was written by hand.
    case unknown
    case known([String])
    /// Those of the group's action that the request is a call of.
    case group(any ActionGroup.Type)

    /// The scopes, any of which permits the request; none when they are not known.
    func names(for request: OktaRequest) -> [String] {
        switch self {
        case .unknown:
            return []
        case .known(let names):
            return names
        case .group(let group):
            let registry = ActionRegistry(categories: [group.descriptors])
            return registry.action(method: request.method.rawValue, path: request.pathOnly)?.scopes ?? []
        }
    }
}
