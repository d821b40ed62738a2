/// The credentials that a call authenticates with.
public enum CallCredentials: Sendable {
    /// The client's authorization with a token of the org.
    case org
    /// The client's authorization, for an operation that permits only an OAuth 2.0 access token. The call is sent with
    /// either kind of token. If the org refuses an API token, the error says that it was the wrong kind.
    case accessToken
    /// The client's authorization, for an operation that permits only an API token. The call is sent with either kind
    /// of token. If the org refuses an access token, the error says that it was the wrong kind.
    case apiToken
    /// No credentials, because the operation is public. No `Authorization` field and no DPoP proof are sent.
    case anonymous
    /// The credentials of an OAuth 2.0 client. The org's token is not sent.
    case client(ClientAuthentication)
}

extension CallCredentials {
    /// Whether the client's authorization supplies the credentials.
    var usesClientAuthorization: Bool {
        switch self {
        case .org, .accessToken, .apiToken: true
        case .anonymous, .client: false
        }
    }

    /// The only kind of token that the operation permits; `nil` if it permits both or needs no token.
    var onlyToken: TokenKind? {
        switch self {
        case .accessToken: .accessToken
        case .apiToken: .apiToken
        case .org, .anonymous, .client: nil
        }
    }
}
