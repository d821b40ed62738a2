internal import HTTPTypes

extension APIFailure {
    /// What to do next; `nil` when the server's message is sufficient.
    public var advice: String? {
        if isUnknownOrg { return "No org answers at this address; check the org URL." }
        if isInsufficientScope {
            let scopes =
                missingScopes.isEmpty
                ? neededScopes ?? "the scope this action needs" : missingScopes.joined(separator: ", ")
            return "Grant the app \(scopes) in the Admin Console, and ask for it when requesting the token."
        }
        return advice(for: challengeError) ?? advice(for: code) ?? adviceByStatus
    }

    /// The scopes that the action needs, when the server does not name the missing ones.
    private var neededScopes: String? {
        requiredScopes.isEmpty ? nil : requiredScopes.joined(separator: " or ")
    }

    /// For a response that does not say whether a role or a scope is missing.
    private var scopeHint: String {
        neededScopes.map { " An app that signs in with OAuth needs the scope \($0) as well." } ?? ""
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
            "This page is not the org's; check the org URL, and whether a proxy or a sign-in page is in between."
        case 401:
            "The credentials were not accepted; check that they are of this org, and neither expired nor revoked."
        case 403: "The credentials are valid but do not allow this." + scopeHint
        // Another code of Okta's means a different quota, with its own text.
        case 429: code?.isOktas ?? false ? nil : rateLimitAdvice
        case 408 where method.isReadOnly: "The request took too long to arrive; repeat the call."
        case 300...399: "The client does not follow redirects; check that the org URL is the org's own."
        case 500...599: serverFaultAdvice
        default: nil
        }
    }

    /// For a body that the org cannot parse; without advice when the org says what is wrong.
    private var bodyAdvice: String? {
        if hasUnsupportedCharacters {
            return "The request body holds characters that Okta does not support, those of four bytes in UTF-8 such as "
                + "emoji; leave them out."
        }
        return causes.isEmpty ? "Check the fields of the request body." : nil
    }

    /// Errors that an org sent itself have a code or another status, and their own advice.
    private var serverFaultAdvice: String {
        method.isReadOnly
            ? "Okta could not answer; repeat the call \(statedTime ?? "later"), and see status.okta.com."
            : "Okta could not answer, though it may have done the work; check before repeating the call, and see "
                + "status.okta.com."
    }

    /// When the server asks the client to retry.
    private var statedTime: String? { retryAfter.map { "in \($0.inWords)" } }

    private var rateLimitAdvice: String {
        guard let rateLimit else {
            return "The rate limit is reached; repeat the call \(statedTime ?? "in a minute")."
        }
        // Okta marks too many concurrent calls with two zeros; the reset time has no meaning then.
        if rateLimit.limit == 0 && rateLimit.remaining == 0 {
            return "Too many calls at the same time; make fewer at once and repeat this one in a second or two."
        }
        let reset = rateLimit.reset.json.string ?? "its reset"
        return "The limit of \(rateLimit.limit) calls is used up; repeat the call after \(reset)."
    }
}
