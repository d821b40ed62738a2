internal import HTTPTypes

/// A kind of token that an org accepts. Some operations permit only one of them.
public enum TokenKind: String, Sendable, Hashable {
    /// An API token from the Admin Console.
    case apiToken
    /// An OAuth 2.0 access token.
    case accessToken
}

extension TokenKind {
    /// The kind of the token in a request; nil for a request without one, or with a scheme that is not Okta's.
    init?(in fields: HTTPFields) {
        switch fields[.authorization]?.prefix(while: { $0 != " " }).lowercased() {
        case "ssws": self = .apiToken
        case "bearer", "dpop": self = .accessToken
        default: return nil
        }
    }

    /// What the token is called in a sentence, with its article.
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
