internal import OktaRuntime

/// What the token endpoint answered.
enum TokenResponse: Sendable {
    /// A token, with its type in lower case and its lifetime in seconds.
    case granted(value: String, type: String, lifetime: Int)
    case refused(TokenErrorResponse)

    init(_ answered: AuthorizationContext.Answered<TokenRequest>) {
        let answer = answered.answer
        var refusal = TokenErrorResponse(status: answer.head.status.code)
        refusal.signal = answered.signal
        refusal.rateLimit = answered.rateLimit
        guard let error = answered.error else {
            if let body = try? JSON(parsing: answer.body), let value = body[string: "access_token"],
                Self.isToken(value)
            {
                // Okta always states both; what they are without is what its tokens are.
                let type = body[string: "token_type"]?.lowercased() ?? "bearer"
                let lifetime = body[int: "expires_in"] ?? body[string: "expires_in"].flatMap { Int($0) } ?? 3600
                self = .granted(value: value, type: type, lifetime: max(0, lifetime))
                return
            }
            refusal.isUnreadable = true
            refusal.requestID = answer.shownRequestID
            self = .refused(refusal)
            return
        }
        refusal.code = error.code
        refusal.summary = error.summary
        refusal.requestID = error.requestID
        refusal.retryAfter = error.retryAfter
        refusal.isUnreadable = !error.isReadable
        // Whatever an org answers has a code or a request id.
        refusal.isUnknownOrg = error.isUnknownOrg
        self = .refused(refusal)
    }

    /// Whether a text can stand in a header field as a token.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// An answer without a token.
struct TokenErrorResponse: Sendable, Hashable {
    var status: Int

    /// The OAuth error, such as `invalid_client`, or Okta's own code.
    var code: OktaErrorCode?

    /// The server's sentence for people, fit to be shown.
    var summary: String?

    /// Okta's id of the request.
    var requestID: String?

    /// What an answer of 429 means.
    var signal: RateLimitSignal?

    /// The limit on requests for tokens, when the answer states one.
    var rateLimit: RateLimit?

    /// How long the server wants the next request to wait, when it says so.
    var retryAfter: Duration?

    /// Whether the limit's window holds no further request; a limit of 0 means too many at the same time.
    var isUsedUp: Bool { status == 429 && rateLimit.map { $0.limit > 0 && $0.remaining == 0 } ?? false }

    /// Whether the answer is the one for a host that is no org.
    var isUnknownOrg = false

    /// Whether the answer is not what a token endpoint gives.
    var isUnreadable = false
}
