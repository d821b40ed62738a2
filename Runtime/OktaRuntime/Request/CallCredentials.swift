/// What one call authenticates with.
public enum CallCredentials: Sendable {
    /// The client's authorization: a token of the org.
    case org
    /// The client's authorization, where the operation permits only an OAuth 2.0 access token. The call is sent with
    /// whatever the client has; the error of a refused API token says that it was the wrong kind.
    case accessToken
    /// The client's authorization, where the operation permits only an API token. The call is sent with whatever the
    /// client has; the error of a refused access token says that it was the wrong kind.
    case apiToken
    /// Nothing: the operation is public. No `Authorization` field and no proof is sent.
    case anonymous
    /// The credentials of an OAuth 2.0 client, instead of the org's token, which is not sent.
    case client(ClientAuthentication)
}

extension CallCredentials {
    /// Whether the client's authorization supplies them.
    var areOfClient: Bool {
        switch self {
        case .org, .accessToken, .apiToken: true
        case .anonymous, .client: false
        }
    }

    /// The only kind of token that the operation permits; nil where it permits both, or takes no token.
    var onlyToken: TokenKind? {
        switch self {
        case .accessToken: .accessToken
        case .apiToken: .apiToken
        case .org, .anonymous, .client: nil
        }
    }
}
