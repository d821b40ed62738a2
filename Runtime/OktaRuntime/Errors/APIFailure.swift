public import HTTPTypes

/// A response with a status other than 2xx.
///
/// The server's texts are safe to display: at most 1000 characters each, with control characters, line breaks and
/// invisible characters escaped as in a Swift literal, and with `<redacted>` for secrets that this program sent.
/// ``OktaClient/withResponse(_:)`` returns the original response.
public struct APIFailure: Sendable, Hashable {
    /// The status.
    public var status: HTTPResponse.Status

    /// Okta's code, such as `E0000011`, or the OAuth error, such as `invalid_client`; `nil` when the response has
    /// neither. It is the only part that Okta keeps stable.
    public var code: OktaErrorCode?

    /// The server's message for people.
    public var summary: String?

    /// The details, such as one sentence per field that failed validation; the first 20.
    public var causes: [String] = []

    /// The number of further causes that the server listed.
    public var omittedCauseCount = 0

    /// Okta's id of this error.
    public var errorID: String?

    /// Okta's id of the request; `nil` when the response did not come from an org.
    public var requestID: String?

    /// The scopes that the token lacks, when the server names them.
    public var missingScopes: [String] = []

    /// The scopes from the catalog, any of which permits the action. Only for a response that may concern scopes (403),
    /// and only for a typed action.
    public var requiredScopes: [String] = []

    /// Whether the token lacks a scope, even when the server does not name it.
    public var isInsufficientScope = false

    /// The OAuth error with which the server rejected the access token, such as `invalid_token`.
    public var challengeError: OktaErrorCode?

    /// The rate limit that applied, when the response states it.
    public var rateLimit: RateLimit?

    /// The wait that the server requests with `Retry-After`; Okta's own responses have none.
    public var retryAfter: Duration?

    /// The attempts of the call before this response, in order.
    public var previousAttempts: [CallAttempt] = []

    /// The method of the call.
    public var method: HTTPRequest.Method

    /// The path of the call, without its query.
    public var path: String

    /// Whether the response is the one that Okta's edge sends for a host without an org.
    public var isUnknownOrg = false

    /// Whether the response is a web page that no org sent, such as one from a proxy or a sign-in page.
    public var isForeignPage = false

    /// Whether the request's body holds characters that Okta does not support: those of four bytes in UTF-8, such as
    /// emoji. Only for a JSON body, and only for errors that they may cause (`E0000001`, `E0000003`).
    public var hasUnsupportedCharacters = false

    /// Creates a failure from the parts that every response has.
    public init(status: HTTPResponse.Status, method: HTTPRequest.Method, path: String) {
        self.status = status
        self.method = method
        self.path = path
    }
}

extension APIFailure: CustomStringConvertible {
    /// The call, the server's message, and what to do next.
    public var description: String {
        var text = "\(method.rawValue) \(path) answered \(status.code)"
        if let code { text += " \(code)" }
        if let summary, !summary.isEmpty { text += ": \(summary)" }
        if !causes.isEmpty {
            let more = omittedCauseCount > 0 ? "; and \(omittedCauseCount) more" : ""
            text += " (\(causes.joined(separator: "; "))\(more))"
        }
        if let requestID { text += " [request \(requestID)]" }
        text += previousAttempts.note
        if let advice {
            if !text.hasSuffix(".") { text += "." }
            text += " \(advice)"
        }
        return text
    }
}
