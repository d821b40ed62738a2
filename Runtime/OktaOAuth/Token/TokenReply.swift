internal import OktaRuntime

/// What the token endpoint answered.
enum TokenReply: Sendable {
    /// A token, with its type in lower case and its lifetime in seconds.
    case granted(value: String, type: String, lifetime: Int)
    case refused(TokenRefusal)

    init(_ answer: TransportResponse) {
        var refusal = TokenRefusal(status: answer.head.status.code)
        refusal.rateLimit = RateLimit(answer.head.headerFields)
        refusal.requestID = answer.head.headerFields.firstValue(named: "x-okta-request-id")
        guard let body = try? JSON(parsing: answer.body), body.kind == .object else {
            refusal.isUnreadable = true
            self = .refused(refusal)
            return
        }
        if answer.head.status.kind == .successful {
            if let value = body[string: "access_token"], Self.isToken(value) {
                // Okta always states both; what they are without is what its tokens are.
                let type = body[string: "token_type"]?.lowercased() ?? "bearer"
                let lifetime = body[int: "expires_in"] ?? body[string: "expires_in"].flatMap { Int($0) } ?? 3600
                self = .granted(value: value, type: type, lifetime: max(0, lifetime))
                return
            }
            refusal.isUnreadable = true
        }
        refusal.code = body[string: "error"] ?? body[string: "errorCode"]
        refusal.summary = body[string: "error_description"] ?? body[string: "errorSummary"]
        // What a host under Okta's domains answers when it is nobody's org.
        refusal.isUnknownOrg = refusal.status == 404 && refusal.code == nil && refusal.requestID == nil
        self = .refused(refusal)
    }

    /// Whether a text can stand in a header field as a token.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// An answer without a token.
struct TokenRefusal: Sendable, Hashable {
    var status: Int

    /// The OAuth error, such as `invalid_client`, or Okta's own code.
    var code: String?

    /// The server's sentence for people.
    var summary: String?

    /// Okta's id of the request.
    var requestID: String?

    /// The limit on requests for tokens, when the answer states one.
    var rateLimit: RateLimit?

    /// Whether the limit's window holds no further request; a limit of 0 means too many at the same time.
    var isUsedUp: Bool { status == 429 && rateLimit.map { $0.limit > 0 && $0.remaining == 0 } ?? false }

    /// Whether the answer is the one for a host that is no org.
    var isUnknownOrg = false

    /// Whether the answer is not what a token endpoint gives.
    var isUnreadable = false
}
