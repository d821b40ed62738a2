internal import OktaRuntime

/// The response of the token endpoint.
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
                // Okta always states both; the defaults are those of its tokens.
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
        // Every response of an org has a code or a request id.
        refusal.isUnknownOrg = error.isUnknownOrg
        self = .refused(refusal)
    }

    /// Whether a header field can hold the text as a token.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// A response without a token.
struct TokenErrorResponse: Sendable, Hashable {
    var status: Int

    /// The OAuth error, such as `invalid_client`, or Okta's own code.
    var code: OktaErrorCode?

    /// The server's message for people, safe to display.
    var summary: String?

    /// Okta's id of the request.
    var requestID: String?

    /// The meaning of a 429 response.
    var signal: RateLimitSignal?

    /// The rate limit on token requests, when the response states one.
    var rateLimit: RateLimit?

    /// The wait that the server requests, if any.
    var retryAfter: Duration?

    /// Whether the rate limit is used up; a limit of 0 means too many concurrent requests.
    var isUsedUp: Bool { status == 429 && rateLimit.map { $0.limit > 0 && $0.remaining == 0 } ?? false }

    /// Whether the response is the one for a host without an org.
    var isUnknownOrg = false

    /// Whether the response is not in the format of a token endpoint.
    var isUnreadable = false
}
