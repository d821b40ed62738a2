internal import HTTPTypes

extension APIFailure {
    /// What to do next; `nil` when the server's message is sufficient.
    public var advice: String? {
        if isUnknownOrg { return "There is no Okta org at this address; check the org URL." }
        if isInsufficientScope {
            let scopes =
                missingScopes.isEmpty
                ? neededScopes ?? "the scope this action needs" : missingScopes.joined(separator: ", ")
            return "Grant the app \(scopes) in the Admin Console, and include it in the token request."
        }
        return advice(for: challengeError) ?? advice(for: code) ?? adviceByStatus
    }

    /// The scopes that the action needs, when the server does not name the missing ones.
    private var neededScopes: String? {
        requiredScopes.isEmpty ? nil : requiredScopes.joined(separator: " or ")
    }

    /// For a response that does not say whether a role or a scope is missing.
    private var scopeHint: String {
        neededScopes.map { " An app that uses OAuth also needs the scope \($0)." } ?? ""
    }

    private func advice(for code: OktaErrorCode?) -> String? {
        switch ErrorCodeFacts[code]?.advice {
        case .text(let text): text
        case .role(let text): text + scopeHint
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
        // Another code of Okta's means a different quota, with its own text.
        case 429: code?.isOktas ?? false ? nil : rateLimitAdvice
        case 408 where method.isReadOnly: "The request took too long to arrive; retry the call."
        case 300...399: "The client does not follow redirects; check that the org URL is the org's own."
        case 500...599: serverFaultAdvice
        default: nil
        }
    }

    /// For a body that the org cannot parse; without advice when the org says what is wrong.
    private var bodyAdvice: String? {
        if hasUnsupportedCharacters {
            return
                "The request body contains characters that Okta does not support, those of four bytes in UTF-8 such as "
                + "emoji; remove them."
        }
        return causes.isEmpty ? "Check the fields of the request body." : nil
    }

    /// Errors that an org sent itself have a code or another status, and their own advice.
    private var serverFaultAdvice: String {
        method.isReadOnly
            ? "Okta could not respond; retry the call \(statedTime ?? "later"), and see status.okta.com."
            : "Okta could not respond, but may have executed the call; check before you retry, and see "
                + "status.okta.com."
    }

    /// When the server asks the client to retry.
    private var statedTime: String? { retryAfter.map { "in \($0.inWords)" } }

    private var rateLimitAdvice: String {
        guard let rateLimit else {
            return "The rate limit is reached; retry the call \(statedTime ?? "in a minute")."
        }
        // Okta marks too many concurrent calls with two zeros; the reset time has no meaning then.
        if rateLimit.limit == 0 && rateLimit.remaining == 0 {
            return "Too many concurrent calls; make fewer at once and retry this one in a second or two."
        }
        let reset = rateLimit.reset.json.string ?? "its reset"
        return "The limit of \(rateLimit.limit) calls is used up; retry the call after \(reset)."
    }
}
