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
        return adviceByChallenge ?? adviceByCode ?? adviceByStatus
    }

    /// What the action needs, where the server does not say what is missing.
    private var neededScopes: String? {
        requiredScopes.isEmpty ? nil : requiredScopes.joined(separator: " or ")
    }

    /// For an answer that does not tell whether role or scope is missing.
    private var scopeHint: String {
        neededScopes.map { " An app that signs in with OAuth needs the scope \($0) as well." } ?? ""
    }

    /// Only those who sign in with an access token are told why it is refused.
    private var adviceByChallenge: String? {
        switch challengeError {
        case "invalid_token":
            "The access token has expired, was revoked or is of another org; request a new one."
        case "invalid_dpop_proof", "use_dpop_nonce":
            "The proof of possession was refused; check this machine's clock, and that the token is used with its own key."
        default:
            nil
        }
    }

    private var adviceByCode: String? {
        switch code {
        case "E0000011":
            "The API token is unknown, expired or revoked; create a new one in the Admin Console under Security, API, Tokens."
        case "E0000004":
            "The credentials were not accepted; check that the token belongs to this org and its owner is active."
        case "E0000005", "E0000006":
            "The token is valid but its owner's admin role does not allow this; use a token of a role that does."
                + scopeHint
        case "E0000015":
            "The org does not have the feature this needs; ask Okta's support to enable it. The token is not at fault."
        case "E0000007":
            "No such object, or the token's owner may not see it; check the id in the path."
        case "E0000001", "E0000003":
            bodyAdvice
        case "E0000022":
            "This path does not take this method in this org."
        case "E0000047":
            rateLimitAdvice
        case "E0000010", "E0000181":
            "The org takes no such calls now and has done nothing; repeat the call later, and see status.okta.com."
        case "E0000231":
            "The object has changed since it was read; read it again and repeat the change on the new version."
        case "E0000239":
            "Okta is busy rearranging priorities; repeat the call in a few seconds."
        case "invalid_client":
            "The client id or the signing key is not one that the org knows."
        default:
            nil
        }
    }

    private var adviceByStatus: String? {
        switch status.code {
        case 400...499 where isForeignPage:
            "This page is not the org's; check the org URL, and whether a proxy or a sign-in page is in between."
        case 401:
            "The credentials were not accepted; check that they are of this org, and neither expired nor revoked."
        case 403: "The credentials are valid but do not allow this." + scopeHint
        // A code other than E0000047 is a business limit, with words of its own.
        case 429: code == nil ? rateLimitAdvice : nil
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
            ? "Okta could not answer; repeat the call later, and see status.okta.com."
            : "Okta could not answer, though it may have done the work; check before repeating the call, and see "
                + "status.okta.com."
    }

    private var rateLimitAdvice: String {
        guard let rateLimit else { return "The rate limit is reached; repeat the call in a minute." }
        // The two zeros are how Okta marks too many calls at once; the reset time means nothing then.
        if rateLimit.limit == 0 && rateLimit.remaining == 0 {
            return "Too many calls at the same time; make fewer at once and repeat this one in a second or two."
        }
        let reset = rateLimit.reset.json.string ?? "its reset"
        return "The limit of \(rateLimit.limit) calls is used up; repeat the call after \(reset)."
    }
}

extension HTTPRequest.Method {
    /// Whether calls of this method change nothing, so that one more does no harm.
    var isReadOnly: Bool { self == .get || self == .head }
}
