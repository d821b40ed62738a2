public import HTTPTypes

/// An answer with a status other than 2xx.
///
/// Texts of the server are fit to be shown: at most 1000 characters each, with control characters, line breaks and
/// invisible characters escaped as in a Swift literal, and `<redacted>` in place of what this program has sent as a secret.
/// The answer as it came is what ``OktaClient/withResponse(_:)`` brings back.
public struct APIFailure: Sendable, Hashable {
    /// The status.
    public var status: HTTPResponse.Status

    /// Okta's code, such as `E0000011`, or the OAuth error, such as `invalid_client`; the only part that Okta promises
    /// to keep. `nil` when the answer has neither.
    public var code: OktaErrorCode?

    /// The server's sentence for people.
    public var summary: String?

    /// What exactly was wrong, such as one sentence per field that failed validation; the first 20.
    public var causes: [String] = []

    /// How many more causes the server named.
    public var omittedCauseCount = 0

    /// Okta's id of this error.
    public var errorID: String?

    /// Okta's id of the request; `nil` when the answer did not come from an org.
    public var requestID: String?

    /// The scopes that the token lacks, when the server names them.
    public var missingScopes: [String] = []

    /// The scopes any of which the action needs, by the catalog; of an answer that may be about them (403), and of a
    /// typed action only.
    public var requiredScopes: [String] = []

    /// Whether the token lacks a scope, named or not.
    public var isInsufficientScope = false

    /// The OAuth error by which the server refused the access token, such as `invalid_token`.
    public var challengeError: OktaErrorCode?

    /// The rate limit that applied, when the answer says so.
    public var rateLimit: RateLimit?

    /// How long the server wants the next attempt to wait, when it says so with `Retry-After`; Okta's own answers do not.
    public var retryAfter: Duration?

    /// The attempts of the call before this answer, in order.
    public var previousAttempts: [CallAttempt] = []

    /// The method of the call.
    public var method: HTTPRequest.Method

    /// The path of the call, without its query.
    public var path: String

    /// Whether the answer is the one that Okta's edge gives for a host that is no org.
    public var isUnknownOrg = false

    /// Whether the answer is a page for browsers that no org gave, such as one of a proxy or of a sign-in.
    public var isForeignPage = false

    /// Whether the request's body holds characters that Okta does not support, those of four bytes in UTF-8 such as
    /// emoji; of an answer that may be about them (`E0000001`, `E0000003`), and of a JSON body only.
    public var hasUnsupportedCharacters = false

    /// Creates a failure with the parts that every answer has.
    public init(status: HTTPResponse.Status, method: HTTPRequest.Method, path: String) {
        self.status = status
        self.method = method
        self.path = path
    }
}

extension APIFailure: CustomStringConvertible {
    /// The call, what the server said, and what to do next.
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
