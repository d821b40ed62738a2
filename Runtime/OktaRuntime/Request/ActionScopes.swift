/// The OAuth 2.0 scopes that permit a request. They are looked up only when the org refuses it for want of one.
struct ActionScopes: Sendable {
    /// The scopes, any of which permits the request; none when they are not known.
    let names: @Sendable (OktaRequest) -> [String]

    /// Of a request that was written by hand.
    static let unknown = ActionScopes { _ in [] }

    /// Of an action that was chosen as data.
    static func known(_ names: [String]) -> ActionScopes {
        ActionScopes { _ in names }
    }
}
