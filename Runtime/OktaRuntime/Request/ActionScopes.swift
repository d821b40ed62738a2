/// The OAuth 2.0 scopes that permit a request. They are looked up only when the org refuses it for a missing scope.
struct ActionScopes: Sendable {
    /// The scopes, any of which permits the request; empty when they are unknown.
    let names: @Sendable (OktaRequest) -> [String]

    /// For a request that was written by hand.
    static let unknown = ActionScopes { _ in [] }

    /// For an action that was looked up in the registry.
    static func known(_ names: [String]) -> ActionScopes {
        ActionScopes { _ in names }
    }
}
