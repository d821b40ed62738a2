internal import HTTPTypes

/// A kind of token that an org accepts. Some operations permit only one of them.
public enum TokenKind: String, Sendable, Hashable {
    /// An API token from the Admin Console.
    case apiToken
    /// An OAuth 2.0 access token.
    case accessToken
}

extension TokenKind {
    /// Determines the kind of the token in a request. Returns `nil` if there is no token or the scheme is not one of
    /// Okta's.
    init?(in fields: HTTPFields) {
        switch fields[.authorization]?.prefix(while: { $0 != " " }).lowercased() {
        case "ssws": self = .apiToken
        case "bearer", "dpop": self = .accessToken
        default: return nil
        }
    }

    /// The name of the token for a sentence, with its article.
    var withArticle: String {
        switch self {
        case .apiToken: "an API token"
        case .accessToken: "an OAuth 2.0 access token"
        }
    }

    /// The tokens that an operation for this kind refuses.
    var refused: String {
        switch self {
        case .apiToken: "OAuth 2.0 access tokens"
        case .accessToken: "API tokens"
        }
    }
}
