#if LocalOrg
import OktaRuntime

/// A token before it is signed. A token inline hook can change it.
struct TokenDraft: Sendable {
    /// All claims except the expiry.
    var claims: JSON
    /// The lifetime in seconds.
    var lifetime: Int

    /// The time when the token expires.
    var expiry: Int { (claims["iat"]?.int ?? 0) + lifetime }
}

/// The tokens of one grant before they are signed.
struct TokenDrafts: Sendable {
    var access: TokenDraft?
    var identity: TokenDraft?
    /// The id of the refresh token.
    var refreshID: String?
}
#endif
