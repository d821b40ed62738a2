internal import HTTPTypes

extension APIFailure {
    /// What to do next; `nil` when the server's own words have to do.
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

    /// What the action needs, where the server does not say what is missing.
    private var neededScopes: String? {
        requiredScopes.isEmpty ? nil : requiredScopes.joined(separator: " or ")
    }

    /// For an answer that does not tell whether role or scope is missing.
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
        // Another code of Okta's is a quota of something else, with words of its own.
        case 429: code?.isOktas ?? false ? nil : rateLimitAdvice
        case 408 where method.isReadOnly: "The request took too long to arrive; repeat the call."
        case 300...399: "The client does not follow redirects; check that the org URL is the org's own."
        case 500...599: serverFaultAdvice
        default: nil
        }
    }

    /// For a body that the org does not understand; where it says what is wrong with it, that has to do.
    private var bodyAdvice: String? {
        if hasUnsupportedCharacters {
            return "The request body holds characters that Okta does not support, those of four bytes in UTF-8 such as "
                + "emoji; leave them out."
        }
        return causes.isEmpty ? "Check the fields of the request body." : nil
    }

    /// What the org is known to have refused has a code or another status, and advice of its own.
    private var serverFaultAdvice: String {
        method.isReadOnly
            ? "Okta could not answer; repeat the call \(statedTime ?? "later"), and see status.okta.com."
            : "Okta could not answer, though it may have done the work; check before repeating the call, and see "
                + "status.okta.com."
    }

    /// When the server wants the call to be repeated.
    private var statedTime: String? { retryAfter.map { "in \($0.inWords)" } }

    private var rateLimitAdvice: String {
        guard let rateLimit else {
            return "The rate limit is reached; repeat the call \(statedTime ?? "in a minute")."
        }
        // The two zeros are how Okta marks too many calls at once; the reset time means nothing then.
        if rateLimit.limit == 0 && rateLimit.remaining == 0 {
            return "Too many calls at the same time; make fewer at once and repeat this one in a second or two."
        }
        let reset = rateLimit.reset.json.string ?? "its reset"
        return "The limit of \(rateLimit.limit) calls is used up; repeat the call after \(reset)."
    }
}
