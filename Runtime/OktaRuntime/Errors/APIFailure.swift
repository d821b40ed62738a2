public import HTTPTypes

extension OktaError {
    /// A response with a status other than 2xx.
    ///
    /// The server's texts are safe to display: at most 1000 characters each, with control characters, line breaks and
    /// invisible characters escaped as in a Swift literal, and with `<redacted>` for secrets that this program sent.
    /// ``OktaClient/withResponse(_:)`` returns the original response.
    public struct APIFailure: Sendable, Hashable {
        /// The HTTP status of the response.
        public var status: HTTPResponse.Status

        /// Okta's code, such as `E0000011`, or the OAuth error, such as `invalid_client`; `nil` if the response has
        /// neither. Only this part of an error is stable.
        public var code: OktaErrorCode?

        /// The server's message for people (`errorSummary`, `error_description` or `message`); `nil` without one.
        public var summary: String?

        /// The details, such as one sentence per field that failed validation; the first 20.
        public var causes: [String] = []

        /// The number of further causes that the server listed.
        public var omittedCauseCount = 0

        /// Okta's id of this error (`errorId`); `nil` if the response has none.
        public var errorID: String?

        /// Okta's id of the request; `nil` if the response did not come from an org.
        public var requestID: String?

        /// The scopes that the token lacks, if the server names them.
        public var missingScopes: [String] = []

        /// The scopes from the catalog, any of which permits the action. Set only for a response that may concern
        /// scopes (403, or a ``neededToken``), and only for a typed action.
        public var requiredScopes: [String] = []

        /// The kind of token that the action requires, if the call carried the other kind. Set only for a response that
        /// may concern it (401 or 403), and only for a typed action.
        public var neededToken: TokenKind?

        /// Whether the token lacks a scope, even when the server does not name it.
        public var isInsufficientScope = false

        /// The OAuth error with which the server rejected the access token, such as `invalid_token`.
        public var challengeError: OktaErrorCode?

        /// The rate limit that applied, if the response states it.
        public var rateLimit: RateLimit?

        /// The wait that the server requests with `Retry-After`; Okta's own responses have none.
        public var retryAfter: Duration?

        /// The attempts of the call before this response, in order.
        public var previousAttempts: [RetriedAttempt] = []

        /// The method of the call.
        public var method: HTTPRequest.Method

        /// The path of the call, without its query.
        public var path: String

        /// Whether this is the response that Okta's edge sends for a host without an org.
        public var isUnknownOrg = false

        /// Whether the response is a web page that did not come from an org, such as a proxy's or a sign-in page.
        public var isForeignPage = false

        /// Whether the request body contains characters that Okta does not support, which take four bytes in UTF-8,
        /// such as emoji. Set only for a JSON body and for errors that they may cause (`E0000001`, `E0000003`).
        public var hasUnsupportedCharacters = false

        /// Creates a failure with the properties that every response has.
        public init(status: HTTPResponse.Status, method: HTTPRequest.Method, path: String) {
            self.status = status
            self.method = method
            self.path = path
        }
    }
}

extension OktaError.APIFailure: CustomStringConvertible {
    /// The call, the server's message, and what to do next.
    public var description: String {
        var text = "\(method.rawValue) \(path) responded with \(status.code)"
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

extension OktaError.APIFailure {
    /// Advice on what to do next; `nil` if the server's message is sufficient.
    public var advice: String? {
        if isUnknownOrg { return "There is no Okta org at this address; check the org URL." }
        if let neededToken { return advice(needing: neededToken) }
        if isInsufficientScope {
            let scopes =
                missingScopes.isEmpty
                ? neededScopes ?? "the scope this action needs" : missingScopes.joined(separator: ", ")
            return "Grant the app \(scopes) in the Admin Console, and include it in the token request."
        }
        return advice(for: challengeError) ?? advice(for: code) ?? adviceByStatus
    }

    /// Returns the advice for a call with the wrong kind of token, which no role or scope can fix.
    private func advice(needing token: TokenKind) -> String {
        let scopes = token == .accessToken ? neededScopes.map { " with \($0)" } ?? "" : ""
        return "This action needs \(token.withArticle)\(scopes); \(token.refused) are refused."
    }

    /// The scopes of the action, for advice if the server does not name the missing ones.
    private var neededScopes: String? {
        requiredScopes.isEmpty ? nil : requiredScopes.joined(separator: " or ")
    }

    /// The hint for a response that does not say whether a role or a scope is missing.
    private var scopeHint: String {
        neededScopes.map { " An app that uses OAuth also needs the scope \($0)." } ?? ""
    }

    private func advice(for code: OktaErrorCode?) -> String? {
        switch ErrorCodeFacts[code]?.advice {
        case .text(let text): text
        // With 401, the org does not know the caller, whose role is then irrelevant.
        case .role(let text): status == .unauthorized ? nil : text + scopeHint
        case .body: bodyAdvice
        case .rateLimit: rateLimitAdvice
        case nil, ErrorCodeFacts.Advice.none?: nil
        }
    }

    private var adviceByStatus: String? {
        switch status.code {
        case 400...499 where isForeignPage:
            "The response is a web page that is not from the org; check the org URL, and whether a proxy or a sign-in page "
                + "is in between."
        case 401:
            "The credentials were rejected; check that they belong to this org, and are neither expired nor revoked."
        case 403: "The credentials are valid but do not allow this." + scopeHint
        // Other Okta codes concern other quotas, which the server's message describes.
        case 429: code?.isOktaCode ?? false ? nil : rateLimitAdvice
        case 408 where method.isSafe: "The request took too long to arrive; retry the call."
        case 304: "Nothing has changed, by the call's condition; if it has none, check the caches in between."
        case 300...399: "The client does not follow redirects; check that the org URL is the org's own."
        case 500...599: serverFaultAdvice
        default: nil
        }
    }

    /// The advice for a body that the org rejects; `nil` if the org's message is sufficient.
    private var bodyAdvice: String? {
        if hasUnsupportedCharacters {
            return
                "The request body contains characters that Okta does not support, those of four bytes in UTF-8 such as "
                + "emoji; remove them."
        }
        return causes.isEmpty ? "Check the fields of the request body." : nil
    }

    /// The advice for a server error without an Okta code.
    private var serverFaultAdvice: String {
        method.isSafe
            ? "Okta could not respond; retry the call \(statedTime ?? "later"), and see status.okta.com."
            : "Okta could not respond, but may have executed the call; check before you retry, and see "
                + "status.okta.com."
    }

    /// The time after which the server asks the client to retry, in words.
    private var statedTime: String? { retryAfter.map { "in \($0.inWords)" } }

    private var rateLimitAdvice: String {
        guard let rateLimit else {
            return "The rate limit is reached; retry the call \(statedTime ?? "in a minute")."
        }
        // Okta marks too many concurrent calls with two zeros. The reset has no meaning in this case.
        if rateLimit.limit == 0 && rateLimit.remaining == 0 {
            return "Too many concurrent calls; make fewer at once and retry this one in a second or two."
        }
        let reset = rateLimit.reset.json.string ?? "its reset"
        return "The limit of \(rateLimit.limit) calls is used up; retry the call after \(reset)."
    }
}
